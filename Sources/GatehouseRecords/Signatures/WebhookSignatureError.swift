/// The reason why a webhook's signature was not accepted or could not be made. The sender learns only the status 400.
public struct WebhookSignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A reason code.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The id, the timestamp or the signatures are missing.
        public static var missingFields: Self { Self(rawValue: "missing-fields") }
        /// A field is repeated, or is not an id, a timestamp or a list of signatures.
        public static var malformedFields: Self { Self(rawValue: "malformed-fields") }
        /// The timestamp is further in the past than is tolerated.
        public static var tooOld: Self { Self(rawValue: "timestamp-too-old") }
        /// The timestamp is further in the future than is tolerated.
        public static var tooNew: Self { Self(rawValue: "timestamp-too-new") }
        /// None of the signatures was made with one of the secrets.
        public static var noMatchingSignature: Self { Self(rawValue: "no-matching-signature") }
        /// A configured secret is not valid.
        public static var invalidSecret: Self { Self(rawValue: "invalid-secret") }
        /// libcrypto failed.
        public static var cryptography: Self { Self(rawValue: "cryptography") }
    }

    /// The reason.
    public let code: Code
    /// A sentence for the operator, without secrets and signatures.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static var cryptography: Self { Self(.cryptography, "libcrypto failed") }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
