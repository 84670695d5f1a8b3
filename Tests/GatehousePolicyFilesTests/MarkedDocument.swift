#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

/// A document in which `‸` shows where each finding is expected, and the findings' codes in that order.
struct MarkedDocument: Sendable, CustomTestStringConvertible {
    let text: String
    let codes: [Finding.Code]
    let positions: [SourcePosition]

    init(_ codes: Finding.Code..., in marked: String) {
        self.init(codes, in: marked)
    }

    /// A document with one assignment, and the role `r`.
    init(_ codes: Finding.Code..., inAssignment members: String) {
        self.init(
            codes,
            in: "gatehouse: 1\nroles: { r: {} }\nassignments:\n- principal: b\n  role: r\n- "
                + members.replacing(", ", with: "\n  ")
        )
    }

    init(_ codes: [Finding.Code], in marked: String) {
        self.codes = codes
        var text = String.UnicodeScalarView()
        var positions: [SourcePosition] = []
        var position = SourcePosition(line: 1, column: 1)
        var previous: Unicode.Scalar = " "
        for scalar in marked.unicodeScalars {
            if scalar == "‸" {
                positions.append(position)
                continue
            }
            text.append(scalar)
            if scalar == "\n" && previous == "\r" {
                // counted with the CR
            } else if scalar == "\n" || scalar == "\r" {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else {
                position.column += 1
            }
            previous = scalar
        }
        self.text = String(text)
        self.positions = positions
    }

    var bytes: [UInt8] { Array(text.utf8) }
    var testDescription: String { text.debugDescription }

    /// Reads the document and expects just its findings; warnings count where one is expected.
    func expectFindings(sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        let document = PolicyDocument(reading: bytes)
        let countsWarnings = codes.contains { $0.severity == .warning }
        let counted = document.findings.filter { countsWarnings || $0.severity == .error }
        let found = counted.map { "\($0.position?.description ?? "nowhere") \($0.code)" }
        let expected = zip(positions, codes).map { "\($0) \($1)" }
        #expect(found == expected, "\(document.findings)", sourceLocation: sourceLocation)
        #expect(positions.count == codes.count, sourceLocation: sourceLocation)
        #expect((document.policy == nil) == codes.contains { $0.severity == .error }, sourceLocation: sourceLocation)
    }
}
#endif
