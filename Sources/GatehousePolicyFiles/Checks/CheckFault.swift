#if PolicyFiles
import Gatehouse

/// One thing that keeps a text from being a check.
struct CheckFault: Sendable {
    /// A sentence that a person can act on.
    let message: String
    /// `unknown-key` or `syntax`.
    let code: Finding.Code
    /// Place in the JSON text: the member's name where that is unknown, the object that lacks a member, else the value.
    let offset: Int

    init(_ message: String, _ code: Finding.Code = .syntax, at node: JSONNode) {
        self.message = message
        self.code = code
        offset = node.offset
    }
}
#endif
