/// The reason why a setting is not valid.
public struct SettingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a setting.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The value is outside the range of the setting.
        public static var outOfRange: Self { Self(rawValue: "setting-out-of-range") }
        /// The value has another form than the setting requires.
        public static var malformed: Self { Self(rawValue: "setting-malformed") }
        /// A required value is missing.
        public static var missing: Self { Self(rawValue: "setting-missing") }
        /// The setting does not exist.
        public static var unknown: Self { Self(rawValue: "setting-unknown") }
    }

    /// The kind of fault.
    public let code: Code
    /// The name of the setting in the program, such as `cooldown`, or the key that was read.
    public let setting: String
    /// A sentence that a person can act on, without a secret.
    public let message: String

    /// Makes an error. None of its texts may contain a secret.
    public init(_ code: Code, _ setting: String, _ message: String) {
        self.code = code
        self.setting = setting
        self.message = message
    }

    /// The setting and the message.
    public var description: String { "\(setting.inOneLine(upTo: 256)): \(message.inOneLine())" }
}
