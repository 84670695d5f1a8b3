/// Something that keeps a route closed, whoever asks: found when the route is registered, before anybody does.
public struct RouteFinding: Sendable, Hashable, CustomStringConvertible {
    /// The kind of a fault.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// Makes a code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// The route does not say what it requires.
        public static var noRequirement: Self { Self(rawValue: "no-requirement") }
        /// The route requires a permission whose name is none, such as a pattern.
        public static var invalidPermission: Self { Self(rawValue: "invalid-permission") }
        /// The route requires a permission that the policy's catalogue does not have.
        public static var unknownPermission: Self { Self(rawValue: "unknown-permission") }
        /// The route requires a role that the policy, which has a catalogue, does not define.
        public static var unknownRole: Self { Self(rawValue: "unknown-role") }
        /// The route requires something of a placeholder that its path does not have.
        public static var unknownPlaceholder: Self { Self(rawValue: "unknown-placeholder") }
        /// The rule is about no request: one before it is about all of them.
        public static var shadowedRule: Self { Self(rawValue: "shadowed-rule") }
        /// The route's path has a placeholder twice: guard and handler could go by different values.
        public static var repeatedPlaceholder: Self { Self(rawValue: "repeated-placeholder") }
    }

    /// The kind of a fault.
    public var code: Code
    /// The route, such as `GET /orgs/{org}/invoices`.
    public var route: String
    /// One sentence that a person can act on.
    public var message: String

    /// Makes a finding.
    public init(_ code: Code, _ message: String, at route: String) {
        self.code = code
        self.route = route
        self.message = message
    }

    public var description: String { "\(route): \(message) [\(code)]" }
}
