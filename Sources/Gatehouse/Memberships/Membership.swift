/// A source's answer about a member.
public struct Membership: Sendable, Hashable {
    /// The roles that the member holds; empty if the user is no member.
    public var roles: [RoleAssignment]
    /// The source's state at the time of the answer; `nil` if the source does not count its states.
    public var revision: MembershipRevision?

    /// Makes an answer.
    public init(roles: [RoleAssignment], revision: MembershipRevision? = nil) {
        self.roles = roles
        self.revision = revision
    }
}

extension Membership: ExpressibleByArrayLiteral {
    public init(arrayLiteral roles: RoleAssignment...) { self.init(roles: roles) }
}
