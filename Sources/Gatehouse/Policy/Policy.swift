/// Which roles there are, what they grant and deny, and who holds them: a plain value, checked as a whole when a
/// ``PolicyEngine`` is made from it.
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
    /// The catalogue. With one, every exact name that a role grants or denies must be in it. Without (nil), any may be.
    public var permissions: [CataloguedPermission]?
    /// The roles, in the order that reasons are listed in.
    public var roles: [Role]
    /// Principals that the policy itself knows.
    public var assignments: [Assignment]

    /// Makes a policy from its parts.
    public init(permissions: [CataloguedPermission]? = nil, roles: [Role] = [], assignments: [Assignment] = []) {
        self.permissions = permissions
        self.roles = roles
        self.assignments = assignments
    }
}

/// A permission of the catalogue: its name and what it means to people.
public struct CataloguedPermission: Sendable, Hashable {
    /// The name, such as `org:invoices:read`.
    public var name: String
    /// What it means to people.
    public var description: String

    /// Makes an entry of the catalogue.
    public init(_ name: String, _ description: String = "") {
        self.name = name
        self.description = description
    }
}

/// A named set of grants and denials.
public struct Role: Sendable, Hashable {
    /// The name, shaped like a permission's, such as `org:admin`.
    public var name: String
    /// What it is for.
    public var description: String?
    /// The roles of which it has everything, denials included.
    public var inherits: [String]
    /// Patterns of what it allows.
    public var grants: [String]
    /// Patterns of what it forbids, whatever else allows it.
    public var denies: [String]

    /// Makes a role from its parts.
    public init(
        _ name: String,
        description: String? = nil,
        inherits: [String] = [],
        grants: [String] = [],
        denies: [String] = []
    ) {
        self.name = name
        self.description = description
        self.inherits = inherits
        self.grants = grants
        self.denies = denies
    }
}

/// A principal that holds a role by the policy's own word.
public struct Assignment: Sendable, Hashable {
    /// The principal's id.
    public var principal: String
    /// The organization in which it holds; nil: in every one and in none.
    public var organization: String?
    /// The role and its bounds.
    public var role: RoleAssignment

    /// Makes an assignment.
    public init(_ role: RoleAssignment, to principal: String, in organization: String? = nil) {
        self.principal = principal
        self.organization = organization
        self.role = role
    }
}
