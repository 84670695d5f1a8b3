/// Why nobody knows whether an opaque token is good.
public struct OpaqueTokenError: Error, Sendable, Hashable {
    /// A kind of failure. Clerk names some (`MachineTokenVerificationErrorCode`).
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code, bounded and escaped.
        public var description: String { rawValue.printable }

        /// The issuer does not accept the secret key that it was asked with.
        public static var secretKeyInvalid: Self { Self(rawValue: "secret-key-invalid") }
        /// Something else.
        public static var unexpected: Self { Self(rawValue: "unexpected-error") }
        /// The issuer did not answer in time.
        public static var timeout: Self { Self(rawValue: "opaque-token-timeout") }
        /// No more calls may be made now: as many are under way, or were made lately, as may be.
        public static var callsExhausted: Self { Self(rawValue: "opaque-token-calls-exhausted") }
        /// The request was cancelled.
        public static var cancelled: Self { Self(rawValue: "cancelled") }
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence for an operator; never with the token.
    public let message: String
    /// When it may be over; `nil` if nobody knows.
    public let retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}
