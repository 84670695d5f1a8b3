public import GatehouseBase

/// A role that a member has or had, with the times of its begin and end.
public struct RecordedRole: Sendable, Hashable {
    /// The member with the role.
    public var member: Member
    /// The role and its bounds.
    public var role: RoleAssignment
    /// The membership that brings the role; `nil` if the role was assigned here.
    public var membership: String?
    /// The time at which this store learned of the role.
    public var since: Timestamp
    /// The time at which this store learned of the end of the role; `nil` if the member still has it.
    public var until: Timestamp?

    /// Makes a recorded role.
    public init(
        _ role: RoleAssignment,
        of member: Member,
        membership: String? = nil,
        since: Timestamp,
        until: Timestamp? = nil
    ) {
        self.member = member
        self.role = role
        self.membership = membership
        self.since = since
        self.until = until
    }
}
