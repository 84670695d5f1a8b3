import GatehouseBase

extension OpaqueToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Id and subject, bounded and escaped. Claims may be secrets, and are not shown.
    public var description: String { "\(id.printable) of \(subject.printable)" }
    /// The same.
    public var debugDescription: String { description }
    /// The same: nothing of the claims.
    public var customMirror: Mirror {
        Mirror(self, children: ["id": id.printable, "subject": subject.printable], displayStyle: .struct)
    }
}

extension OpaqueTokenError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Code and message, bounded and escaped.
    public var description: String { "\(code.printable): \(message.printable(atMost: 256))" }
    /// The same.
    public var debugDescription: String { description }
    /// The same, and when it may be over.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "code": code.printable, "message": message.printable(atMost: 256), "retryAfter": retryAfter as Any,
            ],
            displayStyle: .struct
        )
    }

    /// The error as a log may show it: bounded, escaped, and without a text that the token stands in.
    func printable(without token: String) -> OpaqueTokenError {
        OpaqueTokenError(
            code: code.containsBytes(of: token) ? "unexpected-error" : code.printable,
            message: message.containsBytes(of: token)
                ? "the message had the token in it" : message.printable(atMost: 256),
            retryAfter: retryAfter
        )
    }
}
