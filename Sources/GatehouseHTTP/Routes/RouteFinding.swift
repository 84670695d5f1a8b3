/// A finding that keeps a route closed to everybody. The finding is made when the route is registered, before the first request.
public struct RouteFinding: Sendable, Hashable, CustomStringConvertible {
    /// The kind of a fault.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// The route does not state a requirement.
        public static var noRequirement: Self { Self(rawValue: "no-requirement") }
        /// The route requires a permission with an invalid name, such as a pattern.
        public static var invalidPermission: Self { Self(rawValue: "invalid-permission") }
        /// The route requires a role or an organization without a name, or a plan or a feature with a name of another form.
        public static var invalidName: Self { Self(rawValue: "invalid-name") }
        /// The route requires a factor that was proved less than a minute ago.
        public static var invalidFactor: Self { Self(rawValue: "invalid-factor") }
        /// The route requires a permission that the policy's catalogue does not have.
        public static var unknownPermission: Self { Self(rawValue: "unknown-permission") }
        /// The route requires a role that the policy, which has a catalogue, does not define.
        public static var unknownRole: Self { Self(rawValue: "unknown-role") }
        /// The route requires a placeholder that its path does not have.
        public static var unknownPlaceholder: Self { Self(rawValue: "unknown-placeholder") }
        /// The rule matches no request, since an earlier rule matches all of them.
        public static var shadowedRule: Self { Self(rawValue: "shadowed-rule") }
        /// The route's path has a placeholder twice. Guard and handler could use different values.
        public static var repeatedPlaceholder: Self { Self(rawValue: "repeated-placeholder") }
    }

    /// The kind of a fault.
    public var code: Code
    /// The route, such as `GET /orgs/{org}/invoices`.
    public var route: String
    /// A sentence that a person can act on.
    public var message: String

    /// Makes a finding.
    public init(_ code: Code, _ message: String, at route: String) {
        self.code = code
        self.route = route
        self.message = message
    }

    public var description: String { "\(route): \(message) [\(code)]" }
}
