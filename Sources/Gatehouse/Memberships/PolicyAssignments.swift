/// The policy's own assignments, and no others: nothing is loaded for a principal, and what its credential carries does not
/// count. A check by ids remembers that there is nothing to add.
///
/// Every ``Authorizer`` adds the policy's assignments to what its source gives; this one gives nothing beside them.
public struct PolicyAssignments: MembershipSource {
    /// Makes the source.
    public init() {}

    public var staleness: Duration? { .zero }

    public func membership(of member: Member) -> Membership? { nil }

    public func claimed(by principal: Principal) -> ClaimedRoles { ClaimedRoles(roles: [], isComplete: true) }
}
