/// The roles that a credential itself gives.
public struct ClaimedRoles: Sendable, Hashable {
    /// The roles.
    public var roles: [RoleAssignment]
    /// True if there are no further roles to load.
    public var isComplete: Bool

    /// Makes an answer.
    public init(roles: [RoleAssignment], isComplete: Bool) {
        self.roles = roles
        self.isComplete = isComplete
    }
}
