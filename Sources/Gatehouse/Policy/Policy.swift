/// The roles, their grants and denials, and their holders: a plain value, checked as a whole when a ``PolicyEngine`` is made from it.
///
/// ```swift
/// let policy = Policy {
///     Role("org:viewer") { Grants("org:invoices:read") }
///     Role("org:admin") {
///         Inherits("org:viewer")
///         Grants("org:invoices:*")
///         Denies("org:invoices:void")
///     }
/// }
/// ```
public struct Policy: Sendable, Hashable {
    /// The rule by which several held roles become one decision.
    public var combining: Combining
    /// The catalogue; `nil` for no catalogue. With a catalogue, every exact name that a role grants or denies must be in it.
    public var permissions: [CataloguedPermission]?
    /// The roles, in the order that reasons are listed in.
    public var roles: [Role]
    /// The rules: grants and denials that may depend on attributes, in the order in which reasons list them.
    public var rules: [Rule]
    /// The roles that exclude one another.
    public var constraints: [Constraint]
    /// The assignments of roles to principals that the policy itself knows.
    public var assignments: [Assignment]

    /// Makes a policy from its parts.
    public init(
        combining: Combining = .denyOverrides,
        permissions: [CataloguedPermission]? = nil,
        roles: [Role] = [],
        rules: [Rule] = [],
        constraints: [Constraint] = [],
        assignments: [Assignment] = []
    ) {
        self.combining = combining
        self.permissions = permissions
        self.roles = roles
        self.rules = rules
        self.constraints = constraints
        self.assignments = assignments
    }
}
