/// The reason why there is no answer to a request.
public struct HTTPTransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure. A transport of your own may have further kinds.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// Makes a code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// The address or the request cannot be sent at all.
        public static let invalidRequest = Code(rawValue: "invalidRequest")
        /// No connection was made, and nothing of the request was sent: any request may be sent again.
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
    /// One sentence for the operator, without secrets, fit for a log: at most 256 characters and printable ASCII, everything
    /// else as `\u{…}`.
    public let message: String

    /// Makes an error; `message` names no secret. Parts of the message that are not fit for a log are cut off or escaped: the
    /// message may be a text of the server.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message.printable(atMost: 256)
    }

    /// The message.
    public var description: String { message }
}
