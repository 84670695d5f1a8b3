/// The reason why bytes are not a key set.
public struct KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a key set.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The text is not a JSON object with unique members and an array `keys` (RFC 7517 section 5).
        public static var malformed: Self { Self(rawValue: "key-set-malformed") }
        /// The text has more than 256 KiB.
        public static var tooLarge: Self { Self(rawValue: "key-set-too-large") }
        /// The set has more than 100 keys.
        public static var tooManyKeys: Self { Self(rawValue: "key-set-too-many-keys") }
        /// The set has no usable key, but one is needed.
        public static var noUsableKey: Self { Self(rawValue: "key-set-no-usable-key") }
        /// The text is not a public key in PEM.
        public static var malformedPEM: Self { Self(rawValue: "key-set-malformed-pem") }
    }

    /// The kind of the fault.
    public let code: Code
    /// A sentence for the operator, without key material.
    public let message: String

    /// Makes an error. The parameter `message` must contain no key material.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
