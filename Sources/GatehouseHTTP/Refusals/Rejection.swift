/// A complete answer to a refused request, as ``Refusals`` makes it.
public struct Rejection: Sendable {
    /// The status and the header fields.
    public var response: HTTPResponse
    /// The body, whose length is in the field `Content-Length`; empty for `HEAD`.
    public var body: [UInt8]
    /// The reason, for logs.
    public var reason: Reason
    /// The principal that was refused, for logs; `nil` if no principal was known.
    public var principal: Principal?

    /// Makes a rejection.
    public init(response: HTTPResponse, body: [UInt8], reason: Reason, principal: Principal? = nil) {
        self.response = response
        self.body = body
        self.reason = reason
        self.principal = principal
    }

    /// The reason why a request was refused, for logs. The reason is not sent to the sender.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// The cause in a word, such as `token-expired`.
        public let code: String
        /// The cause in a sentence.
        public let message: String

        /// Makes a reason. Both texts may come from outside: each is kept as one line, cut at 64 and at 1,024 characters.
        public init(code: String, message: String) {
            self.code = code.inOneLine(upTo: 64)
            self.message = message.inOneLine()
        }

        public var description: String { "\(code): \(message)" }
    }
}
