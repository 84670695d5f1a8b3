/// An identity provider's API, which knows the memberships of one issuer's users.
public protocol MembershipBackend: Sendable {
    /// Returns the roles of a user in an organization; none where it is no member, or where there is no such user or organization.
    ///
    /// Give the request a deadline.
    ///
    /// - Throws: The error that kept it from answering: a ``MembershipSourceError`` may say when to try again.
    func roles(of user: String, in organization: String) async throws -> [RoleAssignment]
}
