/// An error about a text that is not a valid name or pattern.
public struct NameError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of text that was expected.
    public let code: Code
    /// The text, cut to 64 scalars, everything but printable ASCII escaped.
    public let text: String

    /// Makes an error about a text, which is cut and escaped.
    public init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text.printable
    }

    public var description: String {
        switch code {
        case .invalidPattern:
            "“\(text)” is not a permission pattern: a name in which a segment may be “*” and the last may be “**”"
        case .invalidPermission: "“\(text)” is not a permission name: \(Self.shape)"
        case .invalidRole: "“\(text)” is not a role name: \(Self.shape)"
        default: "“\(text)” is not what it should be: \(code)"
        }
    }

    private static let shape = "1 to 16 segments of A-Z a-z 0-9 _ - . joined by “:”, at most 256 bytes"
}

extension NameError {
    /// A kind of text that is expected.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The text is not the name of a permission. A pattern is not a name either.
        public static var invalidPermission: Self { Self(rawValue: "invalid-permission-name") }
        /// The name of a role.
        public static var invalidRole: Self { Self(rawValue: "invalid-role-name") }
        /// A pattern of permission names.
        public static var invalidPattern: Self { Self(rawValue: "invalid-permission-pattern") }
    }
}
