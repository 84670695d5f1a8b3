/// The policy's own assignments alone. Nothing is loaded for a principal, and the roles in its credential do not count. For a check by ids,
/// a cache remembers that there is nothing to add.
///
/// Every ``Authorizer`` adds the policy's assignments to the roles from its source. This source itself gives no roles.
public struct PolicyAssignments: MembershipSource {
    /// Makes the source.
    public init() {}

    public var staleness: Duration? { .zero }

    public func membership(of member: Member) -> Membership? { nil }

    public func claimed(by principal: Principal) -> ClaimedRoles { ClaimedRoles(roles: [], isComplete: true) }
}
