/// The roles that a principal's own credential carries, and no others: nothing is loaded. A check by ids, which brings no
/// credential, finds none.
public struct SessionClaims: MembershipSource {
    /// Makes the source.
    public init() {}

    public var staleness: Duration? { nil }

    public func membership(of member: Member) -> Membership? { nil }

    public func claimed(by principal: Principal) -> ClaimedRoles {
        ClaimedRoles(roles: principal.roles, isComplete: true)
    }
}
