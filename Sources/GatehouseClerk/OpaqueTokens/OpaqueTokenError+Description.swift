import GatehouseBase

extension OpaqueTokenError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code and the message, bounded and escaped.
    public var description: String { "\(code): \(message.printable(atMost: 256))" }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description, and the time after which another attempt may succeed.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "code": code.description, "message": message.printable(atMost: 256), "retryAfter": retryAfter as Any,
            ],
            displayStyle: .struct
        )
    }

    /// Returns the error in a form for logs: cut, escaped, and without a text that contains the token.
    func printable(without token: String) -> OpaqueTokenError {
        OpaqueTokenError(
            code.rawValue.containsBytes(of: token) ? .unexpected : Code(rawValue: code.description),
            message.containsBytes(of: token)
                ? "the message had the token in it" : message.printable(atMost: 256),
            retryAfter: retryAfter
        )
    }
}
