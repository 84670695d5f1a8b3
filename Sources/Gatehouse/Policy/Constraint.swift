/// Roles that exclude one another: separation of duty (INCITS 359, sections 5.3 and 5.4), counted over the roles that
/// somebody holds directly or by inheritance.
public struct Constraint: Sendable, Hashable {
    /// When a constraint is judged.
    public enum Kind: String, Sendable, CaseIterable {
        /// On the policy's own assignments, whatever their time or resource, and in each check.
        case `static`
        /// In each check alone.
        case dynamic
    }

    /// The name by which reasons tell it; unique among the constraints of a policy.
    public var id: String
    /// When it is judged.
    public var kind: Kind
    /// The roles that are counted.
    public var roles: [String]
    /// At most this many of them together: from 1 to the number of roles minus 1.
    public var limit: Int

    /// Makes a constraint.
    public init(_ id: String, _ kind: Kind, roles: [String], limit: Int) {
        self.id = id
        self.kind = kind
        self.roles = roles
        self.limit = limit
    }
}
