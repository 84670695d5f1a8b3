/// A copy of an identity provider's memberships that follows the original.
public protocol MembershipDirectory: Sendable {
    /// Returns the copy's answer about a member; `nil` if the copy does not hold such members.
    func membership(of member: Member) async throws -> Membership?

    /// Returns the time since the copy was last known to be in step. Changes within this time may be missing.
    func lag() async throws -> Duration
}
