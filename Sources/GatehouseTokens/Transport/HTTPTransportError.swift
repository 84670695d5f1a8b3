/// The reason why there is no answer to a request.
public struct HTTPTransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure. Your own transport may have further kinds.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The address or the request cannot be sent.
        public static let invalidRequest = Code(rawValue: "invalidRequest")
        /// No connection was made, and no byte of the request was sent: any request may be sent again.
        public static let notConnected = Code(rawValue: "notConnected")
        /// The connection broke, or it is unknown whether there was a connection: the request may have arrived.
        public static let connectionFailed = Code(rawValue: "connectionFailed")
        /// The exchange did not end in time.
        public static let deadlineExceeded = Code(rawValue: "deadlineExceeded")
        /// The body is larger than the limit of the request.
        public static let responseTooLarge = Code(rawValue: "responseTooLarge")
        /// The calling task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence for the operator, without secrets, for a log: at most 256 characters of printable ASCII, with other characters as
    /// `\u{…}`.
    public let message: String

    /// Makes an error. The parameter `message` must contain no secret. It may be a text of the server: other characters than printable
    /// ASCII are escaped, and a long text is cut.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message.printable(atMost: 256)
    }

    /// The message.
    public var description: String { message }
}
