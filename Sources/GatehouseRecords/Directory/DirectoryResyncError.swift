/// The reason why a directory cannot be compared with its original.
public struct DirectoryResyncError: Error, Sendable, Hashable, CustomStringConvertible {
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

        /// The lists and the directory have nothing in common.
        public static var otherInstance: Self { Self(rawValue: "other-instance") }
    }

    /// The reason.
    public let code: Code
    /// A sentence for the operator.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
