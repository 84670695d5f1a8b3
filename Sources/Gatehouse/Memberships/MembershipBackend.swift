/// An identity provider's API, which knows the memberships of one issuer's users.
public protocol MembershipBackend: Sendable {
    /// Returns the roles of a user in an organization; an empty list if the user is no member, or the user or organization does not exist.
    ///
    /// Give the request a deadline.
    ///
    /// - Throws: The error that kept the backend from answering: a ``MembershipSourceError`` may say when to try again.
    func roles(of user: String, in organization: String) async throws -> [RoleAssignment]
}
