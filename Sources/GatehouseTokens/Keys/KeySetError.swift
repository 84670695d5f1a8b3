/// Why bytes are not a key set.
public struct KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a key set.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// Not a JSON object with unique members and an array `keys` (RFC 7517 section 5).
        public static var malformed: Self { Self(rawValue: "key-set-malformed") }
        /// Over 256 KiB.
        public static var tooLarge: Self { Self(rawValue: "key-set-too-large") }
        /// Over 100 keys.
        public static var tooManyKeys: Self { Self(rawValue: "key-set-too-many-keys") }
        /// No key of the set can be used, where one is needed.
        public static var noUsableKey: Self { Self(rawValue: "key-set-no-usable-key") }
        /// Not a public key in PEM.
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
