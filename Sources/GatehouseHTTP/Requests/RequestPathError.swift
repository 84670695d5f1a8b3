/// An error about a path that two parsers could read differently, so that a rule might apply to another route than the route that runs.
public struct RequestPathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a path.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// The path does not begin with a slash: the target has another form, such as `*` or a whole address.
        public static var noLeadingSlash: Self { Self(rawValue: "no-leading-slash") }
        /// An empty segment stands between two slashes.
        public static var emptySegment: Self { Self(rawValue: "empty-segment") }
        /// A segment is `.` or `..`.
        public static var dotSegment: Self { Self(rawValue: "dot-segment") }
        /// A character must be encoded in a path, or starts parameters, such as `;`.
        public static var invalidCharacter: Self { Self(rawValue: "invalid-character") }
        /// There is a control character or a line separator, encoded or not.
        public static var controlCharacter: Self { Self(rawValue: "control-character") }
        /// A `%` is not followed by two digits of `0-9 A-F`, or the bytes are not UTF-8.
        public static var invalidEncoding: Self { Self(rawValue: "invalid-encoding") }
        /// A character that needs no encoding is encoded.
        public static var needlessEncoding: Self { Self(rawValue: "needless-encoding") }
        /// A `/`, `\`, `;` or `%` is encoded. A parser that decodes twice reads it as a delimiter.
        public static var encodedDelimiter: Self { Self(rawValue: "encoded-delimiter") }
        /// The server's own router could take the path for another path with another rule.
        public static var otherRule: Self { Self(rawValue: "other-rule") }
    }

    /// The kind of fault.
    public let code: Code
    /// The position of the fault, in bytes from the start.
    public let offset: Int

    init(_ code: Code, at offset: Int) {
        (self.code, self.offset) = (code, offset)
    }

    /// The fault in a sentence, with its position and its code.
    public var description: String {
        if code == .otherRule { return "\(sentence) [\(code)]" }
        return "the path could be read in two ways: at byte \(offset) \(sentence) [\(code)]"
    }

    private var sentence: String {
        switch code {
        case .noLeadingSlash: "a path begins with “/”"
        case .emptySegment: "a segment is empty; only a last “/” may have nothing behind it"
        case .dotSegment: "a segment is “.” or “..”"
        case .controlCharacter: "there is a control character"
        case .invalidEncoding: "“%” and two digits of 0-9 A-F do not encode UTF-8"
        case .needlessEncoding: "a character is encoded that needs no encoding"
        case .encodedDelimiter: "a “/”, “\\”, “;” or “%” is encoded"
        case .otherRule:
            "an earlier rule is about this path but for a trailing slash or for upper and lower case, which the server's router ignores: "
                + "send the path as that rule has it, or add a rule for this path before that rule"
        default: "a character must be encoded, or starts parameters"
        }
    }
}
