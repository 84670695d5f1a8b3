/// The reason why the validity of an opaque token is unknown.
public struct OpaqueTokenError: Error, Sendable, Hashable {
    /// A kind of failure. Clerk names some (`MachineTokenVerificationErrorCode`).
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code, bounded and escaped.
        public var description: String { rawValue.printable }

        /// The issuer does not accept the secret key of the request.
        public static var secretKeyInvalid: Self { Self(rawValue: "secret-key-invalid") }
        /// The code of any other failure.
        public static var unexpected: Self { Self(rawValue: "unexpected-error") }
        /// The issuer did not answer in time.
        public static var timeout: Self { Self(rawValue: "opaque-token-timeout") }
        /// No further calls may be made now, since the largest number of calls is under way or was made lately.
        public static var callsExhausted: Self { Self(rawValue: "opaque-token-calls-exhausted") }
        /// The request was cancelled.
        public static var cancelled: Self { Self(rawValue: "cancelled") }
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence for an operator, which never contains the token.
    public let message: String
    /// The time after which another attempt may succeed; `nil` if unknown.
    public let retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}
