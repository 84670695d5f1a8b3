/// A finished answer to a request that does not go on.
public struct Rejection: Sendable {
    /// Status and header fields.
    public var response: HTTPResponse
    /// The body, which the field `Content-Length` counts; empty for `HEAD`.
    public var body: [UInt8]
    /// Why, for logs.
    public var reason: Reason

    /// Makes a rejection.
    public init(response: HTTPResponse, body: [UInt8], reason: Reason) {
        self.response = response
        self.body = body
        self.reason = reason
    }

    /// Why a request was rejected, for logs. The sender is not told.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// The cause in a word, such as `token-expired`.
        public var code: String
        /// The cause in a sentence.
        public var message: String

        /// Makes a reason.
        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        public var description: String { "\(code): \(message)" }
    }
}
