/// Why there is no answer to a request.
public struct HTTPTransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The address or the request cannot be sent at all.
        public static let invalidRequest = Code("invalidRequest")
        /// There is no connection, or the connection broke.
        public static let connectionFailed = Code("connectionFailed")
        /// The exchange did not end in time.
        public static let deadlineExceeded = Code("deadlineExceeded")
        /// The body is larger than the limit of the request.
        public static let responseTooLarge = Code("responseTooLarge")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
    }

    /// The kind of failure.
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
