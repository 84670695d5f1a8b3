import Gatehouse

/// The reason why records cannot be read or written. The answer is 503, and no acknowledged data are lost.
public struct RecordStoreError: Error, Sendable, Hashable, CustomStringConvertible {
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

        /// The store did not take or return the data: it has no room, no device or no connection, or another process has locked it.
        public static var unavailable: Self { Self(rawValue: "unavailable") }
        /// The file is not a store, or a store of a newer version.
        public static var unusable: Self { Self(rawValue: "unusable") }
        /// The store has data that it cannot have written.
        public static var corrupt: Self { Self(rawValue: "corrupt") }
        /// Too many records wait to be written.
        public static var full: Self { Self(rawValue: "full") }
        /// The data are stored, but other nodes could not be told about the invalidations yet.
        public static var untold: Self { Self(rawValue: "untold") }
        /// The value cannot be stored.
        public static var invalidValue: Self { Self(rawValue: "invalid-value") }
    }

    /// The reason.
    public let code: Code
    /// A sentence for the operator.
    public let message: String
    /// The time after which another attempt may succeed; `nil` if it is unknown.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}

extension RecordStoreError: MembershipStoreError {
    package var refusesChange: Bool { code == .invalidValue }
}
