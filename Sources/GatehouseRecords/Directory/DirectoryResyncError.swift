/// Why a directory cannot be compared with its original.
public struct DirectoryResyncError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A reason code.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// What is listed has nothing in common with what is held.
        public static var otherInstance: Self { Self(rawValue: "other-instance") }
    }

    /// The reason.
    public let code: Code
    /// One sentence for the operator.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message.
    public var description: String { "\(code): \(message)" }
}
