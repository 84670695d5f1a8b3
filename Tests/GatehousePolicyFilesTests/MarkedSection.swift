#if PolicyFiles
import Gatehouse
import Testing

/// One section of a document, in JSON, which YAML can read too: the same findings are expected of both.
struct MarkedSection: Sendable, CustomTestStringConvertible {
    let codes: [Finding.Code]
    let json: String
    let yaml: String

    /// The rules of a document with the role `r`.
    init(_ codes: Finding.Code..., rules: String) {
        self.init(codes, "rules", rules)
    }

    /// The condition of its one rule.
    init(_ codes: Finding.Code..., when condition: String) {
        self.init(
            codes,
            "rules",
            #"[{"id":"a","effect":"deny","roles":["r"],"permissions":["x"],"when":\#(condition)}]"#
        )
    }

    /// The constraints of a document with the roles `r`, `p` and `q`.
    init(_ codes: Finding.Code..., constraints: String) {
        self.init(codes, "constraints", constraints)
    }

    init(_ codes: [Finding.Code], _ name: String, _ section: String) {
        self.codes = codes
        let roles = #"{"r":{"grants":["y"]},"p":{"grants":["y:p"]},"q":{"grants":["y:q"]}}"#
        json = #"{"gatehouse":1,"roles":\#(roles),"\#(name)":\#(section)}"#
        yaml = "gatehouse: 1\nroles: \(roles)\n\(name): \(section)\n"
    }

    var testDescription: String { json }

    func expectFindings() {
        MarkedDocument(codes, in: json).expectFindings()
        MarkedDocument(codes, in: yaml).expectFindings()
    }
}
#endif
