/// The reason why bytes are no key set.
public struct KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a key set.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// Makes a code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// A text that is no JSON object with unique members and an array `keys` (RFC 7517 section 5).
        public static var malformed: Self { Self(rawValue: "key-set-malformed") }
        /// A text of over 256 KiB.
        public static var tooLarge: Self { Self(rawValue: "key-set-too-large") }
        /// A set of over 100 keys.
        public static var tooManyKeys: Self { Self(rawValue: "key-set-too-many-keys") }
        /// A set without a usable key, if one is needed.
        public static var noUsableKey: Self { Self(rawValue: "key-set-no-usable-key") }
        /// A text that is no public key in PEM.
        public static var malformedPEM: Self { Self(rawValue: "key-set-malformed-pem") }
    }

    /// The kind of the fault.
    public let code: Code
    /// One sentence for the operator, without key material.
    public let message: String

    /// Makes an error; `message` has no key material.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
