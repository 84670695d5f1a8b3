/// Why a setting cannot be used.
public struct SettingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault in a setting.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// A value beyond what is possible.
        public static var outOfRange: Self { Self(rawValue: "setting-out-of-range") }
        /// A value of another form than the setting has.
        public static var malformed: Self { Self(rawValue: "setting-malformed") }
        /// No value, where one is needed.
        public static var missing: Self { Self(rawValue: "setting-missing") }
        /// A setting that there is not.
        public static var unknown: Self { Self(rawValue: "setting-unknown") }
    }

    /// The kind of fault.
    public let code: Code
    /// The setting: the name that the program gives it, such as `cooldown`, or the key that was read.
    public let setting: String
    /// One sentence that a person can act on, without a secret.
    public let message: String

    /// Makes an error. A secret belongs into none of its texts.
    public init(_ code: Code, _ setting: String, _ message: String) {
        self.code = code
        self.setting = setting
        self.message = message
    }

    /// The setting and the message.
    public var description: String { "\(setting.inOneLine(upTo: 256)): \(message.inOneLine())" }
}
