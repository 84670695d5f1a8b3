/// Why there is no answer to a request.
public struct HTTPTransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a kind.
    public enum Code: Sendable, Hashable {
        /// The address or the request cannot be sent at all.
        case invalidRequest
        /// No connection, or it broke.
        case connectionFailed
        /// Not done in time.
        case deadlineExceeded
        /// The body is larger than was asked for.
        case responseTooLarge
        /// The calling task was cancelled.
        case cancelled
    }

    /// What went wrong, as a kind.
    public let code: Code
    /// One sentence for the operator, without secrets, fit for a log: at most 256 characters and printable ASCII, everything
    /// else as `\u{…}`.
    public let message: String

    /// Makes an error; `message` names no secret. What is not fit for a log in it is cut off or escaped: it may be a text
    /// of whoever answered.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message.printable(atMost: 256)
    }

    /// The message.
    public var description: String { message }
}
