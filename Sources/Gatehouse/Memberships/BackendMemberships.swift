/// The memberships from the API of an identity provider, with a request for each load.
public struct BackendMemberships: MembershipSource {
    private let backend: any MembershipBackend
    private let issuer: String
    public let staleness: Duration?

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - backend: The backend that knows the memberships.
    ///   - issuer: The issuer whose users the backend knows. The source knows nothing of other users.
    ///   - staleness: The largest age of the backend's answers, for example if the backend reads from a copy; `nil` if the age is not
    ///     known.
    public init(_ backend: any MembershipBackend, issuer: String, staleness: Duration? = .zero) {
        self.backend = backend
        self.issuer = issuer
        self.staleness = staleness
    }

    public func membership(of member: Member) async throws -> Membership? {
        guard member.issuer.hasSameBytes(as: issuer) else { return nil }
        // A personal account is a member of no organization. No id is empty, and an empty id might name a list in the API's address.
        guard let organization = member.organization, !organization.isEmpty, !member.user.isEmpty else {
            return Membership(roles: [])
        }
        return Membership(roles: try await backend.roles(of: member.user, in: organization))
    }
}
