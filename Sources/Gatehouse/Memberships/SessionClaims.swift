/// The roles in a principal's own credential alone. Nothing is loaded. A check by ids brings no credential and finds no roles.
public struct SessionClaims: MembershipSource {
    /// Makes the source.
    public init() {}

    public var staleness: Duration? { nil }

    public func membership(of member: Member) -> Membership? { nil }

    public func claimed(by principal: Principal) -> ClaimedRoles {
        ClaimedRoles(roles: principal.roles, isComplete: true)
    }
}
