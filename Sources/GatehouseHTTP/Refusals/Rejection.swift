/// A finished answer to a request that does not go on, as ``Refusals`` makes it.
public struct Rejection: Sendable {
    /// Status and header fields.
    public var response: HTTPResponse
    /// The body, which the field `Content-Length` counts; empty for `HEAD`.
    public var body: [UInt8]
    /// The reason, for logs.
    public var reason: Reason

    /// Makes a rejection.
    public init(response: HTTPResponse, body: [UInt8], reason: Reason) {
        self.response = response
        self.body = body
        self.reason = reason
    }

    /// The reason why a request was rejected, for logs. The sender is not told.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// The cause in a word, such as `token-expired`.
        public let code: String
        /// The cause in a sentence.
        public let message: String

        /// Makes a reason. Both texts may come from outside: they are kept as one line each and cut, at 64 and 1,024 characters.
        public init(code: String, message: String) {
            self.code = code.inOneLine(upTo: 64)
            self.message = message.inOneLine()
        }

        public var description: String { "\(code): \(message)" }
    }
}
