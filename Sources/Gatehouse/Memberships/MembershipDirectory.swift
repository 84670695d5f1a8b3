/// A copy of an identity provider's memberships that follows the original.
public protocol MembershipDirectory: Sendable {
    /// Returns the copy's answer about a member; `nil` if it does not hold such members.
    func membership(of member: Member) async throws -> Membership?

    /// For how long the copy may already have missed something: the time since it was last known to be in step.
    func lag() async throws -> Duration
}
