/// Roles that exclude one another: separation of duty (INCITS 359, sections 5.3 and 5.4). The roles that somebody holds directly or by
/// inheritance count.
public struct Constraint: Sendable, Hashable {
    /// The occasions on which a constraint is judged.
    public enum Kind: String, Sendable, CaseIterable {
        /// The constraint is judged on the policy's own assignments, whatever their time or resource, and in each check.
        case `static`
        /// The constraint is judged in each check alone.
        case dynamic
    }

    /// The name of the constraint in reasons, unique among the constraints of a policy.
    public var id: String
    /// The occasions on which the constraint is judged.
    public var kind: Kind
    /// The roles that are counted.
    public var roles: [String]
    /// The largest number of the roles that somebody may hold together, from 1 to the number of roles minus 1.
    public var limit: Int

    /// Makes a constraint.
    public init(_ id: String, _ kind: Kind, roles: [String], limit: Int) {
        self.id = id
        self.kind = kind
        self.roles = roles
        self.limit = limit
    }
}
