/// Why records cannot be read or written. The answer is 503: nothing that was acknowledged is lost.
public struct RecordStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A reason code.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// Makes a code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// The store did not take or give the data: no room, no device, no connection, or somebody else holds it.
        public static var unavailable: Self { Self(rawValue: "unavailable") }
        /// The file is no such store, or one of a newer version.
        public static var unusable: Self { Self(rawValue: "unusable") }
        /// The store holds something that it cannot have written.
        public static var corrupt: Self { Self(rawValue: "corrupt") }
        /// More waits to be written than may.
        public static var full: Self { Self(rawValue: "full") }
        /// The data are stored, and other nodes could not be told yet what they take away.
        public static var untold: Self { Self(rawValue: "untold") }
        /// The value cannot be stored.
        public static var invalidValue: Self { Self(rawValue: "invalid-value") }
    }

    /// The reason.
    public let code: Code
    /// One sentence for the operator.
    public let message: String
    /// When it may be over; `nil` if nobody knows.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// Code and message.
    public var description: String { "\(code): \(message)" }
}
