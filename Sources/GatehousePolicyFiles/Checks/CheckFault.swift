#if PolicyFiles
import Gatehouse

/// A fault that keeps a text from being a check.
struct CheckFault: Sendable {
    /// A sentence that a person can act on.
    let message: String
    /// The kind of fault: `unknown-key` or `syntax`.
    let code: Finding.Code
    /// The offset in the JSON text: of the name of an unknown member, of the object that lacks a member, or else of the value.
    let offset: Int

    init(_ message: String, _ code: Finding.Code = .syntax, at node: JSONNode) {
        self.message = message
        self.code = code
        offset = node.offset
    }
}
#endif
