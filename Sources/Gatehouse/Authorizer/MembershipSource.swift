/// Where the roles of (organization, user) come from when the credential does not carry them.
public protocol MembershipSource: Sendable {
    /// The roles that a user holds in an organization (nil: as a personal account).
    ///
    /// - Throws: Whatever kept it from answering. The check that asked is then undecided (503), never a denial.
    func roles(of user: String, in organization: String?, issuer: String) async throws -> [RoleAssignment]
}
