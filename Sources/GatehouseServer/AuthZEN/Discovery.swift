#if Server
import GatehouseBase

/// The description of the decision point for callers (AuthZEN 1.0, “Policy Decision Point Metadata”).
struct Discovery: Sendable {
    /// The path of the document: the well-known part, followed by the path of the public address.
    let path: String
    let document: JSONValue

    /// Makes the description.
    ///
    /// - Parameter url: The address of the decision point for its callers.
    init(publicURL url: String) {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let afterScheme = base.utf8.firstRange(of: "://".utf8).map { String(base[$0.upperBound...]) } ?? base
        let path = afterScheme.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(afterScheme[$0...]) } ?? ""
        self.path = "/.well-known/authzen-configuration" + path
        document = [
            "policy_decision_point": .string(url),
            "access_evaluation_endpoint": .string(base + "/access/v1/evaluation"),
            "access_evaluations_endpoint": .string(base + "/access/v1/evaluations"),
            "search_subject_endpoint": .string(base + "/access/v1/search/subject"),
            "search_resource_endpoint": .string(base + "/access/v1/search/resource"),
            "search_action_endpoint": .string(base + "/access/v1/search/action"),
        ]
    }
}
#endif
