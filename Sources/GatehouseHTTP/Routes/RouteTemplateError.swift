import GatehouseBase

// Four codes have the names of codes of `RequestPathError`. The two types are separate, since their other codes differ. Only this error
// keeps its text, since a template belongs to the program and a path to the client.

/// An error about a text that is not a route template.
public struct RouteTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a text.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// The text does not begin with a slash.
        public static var noLeadingSlash: Self { Self(rawValue: "no-leading-slash") }
        /// An empty segment stands between two slashes.
        public static var emptySegment: Self { Self(rawValue: "empty-segment") }
        /// A segment is `.` or `..`.
        public static var dotSegment: Self { Self(rawValue: "dot-segment") }
        /// A segment has a character that must be encoded in a path, or that servers read differently.
        public static var invalidCharacter: Self { Self(rawValue: "invalid-character") }
        /// A placeholder is not a whole segment of the form `{name}`.
        public static var invalidPlaceholder: Self { Self(rawValue: "invalid-placeholder") }
        /// Two placeholders have the same name.
        public static var repeatedPlaceholder: Self { Self(rawValue: "repeated-placeholder") }
        /// A `*` is only a part of a segment.
        public static var partialWildcard: Self { Self(rawValue: "partial-wildcard") }
        /// A part follows a `**`.
        public static var restNotLast: Self { Self(rawValue: "rest-not-last") }
    }

    /// The kind of fault.
    public let code: Code
    /// The text, shortened and escaped for a log.
    public let text: String
    /// The position of the fault, in UTF-8 bytes from the start.
    public let offset: Int

    init(_ code: Code, _ text: String, at offset: Int) {
        (self.code, self.text, self.offset) = (code, text.printable, offset)
    }

    public var description: String { "“\(text)” is no route template: at byte \(offset) \(sentence)" }

    private var sentence: String {
        switch code {
        case .noLeadingSlash: "a template begins with “/”"
        case .emptySegment: "a segment is empty; only a last “/” may have nothing behind it"
        case .dotSegment: "a segment is “.” or “..”, which no request may have"
        case .invalidPlaceholder: "a placeholder is a whole segment “{name}”, its name of A-Z a-z 0-9 _ -"
        case .repeatedPlaceholder: "a placeholder has the name of an earlier one"
        case .partialWildcard: "“*” and “**” are whole segments"
        case .restNotLast: "“**” stands last"
        default: "a segment is made of A-Z a-z 0-9 - . _ ~ ! $ & ' ( ) + , = : @; use a placeholder for anything else"
        }
    }
}
