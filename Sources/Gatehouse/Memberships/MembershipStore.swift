/// A source of memberships that can also be changed.
///
/// Change memberships through ``Authorizer/assign(_:to:)`` and ``Authorizer/remove(role:from:)``, which also forget what was
/// remembered of the member.
public protocol MembershipStore: MembershipSource {
    /// Gives a member a role. One that it holds for the same resource has its times replaced.
    ///
    /// - Returns: The change's effect, and the state from which on the source says so.
    @discardableResult
    func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange

    /// Takes a role from a member, for every resource. It is no error if the member does not hold it.
    ///
    /// - Returns: The change's effect, and the state from which on the source says so.
    @discardableResult
    func remove(role: String, from member: Member) async throws -> MembershipChange
}
