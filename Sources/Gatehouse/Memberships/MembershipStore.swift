/// A source of memberships that programs can also change.
///
/// Change memberships through ``Authorizer/assign(_:to:)`` and ``Authorizer/remove(role:from:)``, which also forget everything that was
/// remembered of the member.
public protocol MembershipStore: MembershipSource {
    /// Gives a member a role. If the member already holds the role for the same resource, the new times replace the old ones.
    ///
    /// - Returns: The effect of the change, and the source's state that contains the change.
    /// - Throws: ``MembershipSourceError`` with the code `refused` for a change that is wrong, which is 400 to a client. Any other error
    ///   means that the store may have made the change, and is 503.
    @discardableResult
    func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange

    /// Takes a role from a member, for every resource. A role that the member does not hold is no error.
    ///
    /// - Returns: The effect of the change, and the source's state that contains the change.
    /// - Throws: As ``assign(_:to:)`` does.
    @discardableResult
    func remove(role: String, from member: Member) async throws -> MembershipChange
}
