/// The claims of a token that contain the facts about its bearer.
///
/// A claim that is absent, or has another form than the expected form, contributes nothing.
public struct ClaimMapping: Sendable, Hashable {
    /// The bearer's id: a non-empty string, without which the token is refused.
    public var id: ClaimPath
    /// The organizations of the token: a non-empty string, an array of such strings, or an object whose names are slugs and whose members
    /// may have an `id` (Keycloak's form). If there is one organization, the token speaks for it. If there are several, the token speaks
    /// for the one that the route requires, in the path or by name, and otherwise for none.
    public var organization: ClaimPath?
    /// The roles: an array of strings, or one string with spaces between the roles.
    public var roles: [ClaimPath]
    /// The permissions: an array of strings, or one string with spaces between the permissions, such as `scope` (RFC 8693 section 4.2).
    public var permissions: [ClaimPath]
    /// The session's id: a non-empty string by which the session can be revoked (OpenID Connect Back-Channel Logout 1.0).
    public var session: ClaimPath?
    /// The scopes of the token: an array of strings, or one string with spaces between the scopes (RFC 9068 section 2.2.3).
    public var scopes: ClaimPath?
    /// The OAuth client of the token: a non-empty string (RFC 9068 section 2.2).
    public var clientID: ClaimPath?
    /// The actor that acts for the bearer: an object (RFC 8693 section 4.1).
    public var actor: ClaimPath?

    /// Makes a mapping. By default a token contains an id, a session, scopes, a client and an actor, and no rights.
    public init(
        id: ClaimPath = "sub",
        organization: ClaimPath? = nil,
        roles: [ClaimPath] = [],
        permissions: [ClaimPath] = [],
        session: ClaimPath? = "sid",
        scopes: ClaimPath? = "scope",
        clientID: ClaimPath? = "client_id",
        actor: ClaimPath? = "act"
    ) {
        self.id = id
        self.organization = organization
        self.roles = roles
        self.permissions = permissions
        self.session = session
        self.scopes = scopes
        self.clientID = clientID
        self.actor = actor
    }

    /// Returns the bearer of a token; `nil` if the token has no id.
    func principal(
        of token: VerifiedToken,
        kind: Principal.Kind,
        tokenKind: Principal.TokenKind
    ) -> Principal? {
        guard let id = token.text(at: self.id) else { return nil }
        let organizations = organization.map { token.organizations(at: $0) } ?? []
        return Principal(
            id,
            kind: kind,
            issuer: token.issuer ?? "",
            organization: organizations.count == 1 ? organizations.first : nil,
            organizations: organizations.count > 1 ? organizations : [],
            roles: roles.flatMap { token.list(at: $0) }.map { RoleAssignment($0) },
            permissions: permissions.flatMap { token.list(at: $0) },
            actor: actor.flatMap { token.node(at: $0.strings) }.flatMap {
                $0.kind == .object ? JSONValue($0) : Optional.none
            },
            tokenKind: tokenKind,
            session: session.flatMap { token.text(at: $0) }.map { Principal.Session(id: $0, status: nil) },
            scopes: scopes.map { token.list(at: $0) } ?? [],
            clientID: clientID.flatMap { token.text(at: $0) },
            attributes: token.claims,
            expiresAt: token.expiresAt
        )
    }
}

extension VerifiedToken {
    /// Returns the claim; `nil` if it is not a non-empty string.
    fileprivate func text(at path: ClaimPath) -> String? {
        guard let text = node(at: path.strings)?.string, !text.isEmpty else { return nil }
        return text
    }

    /// Returns the organizations of a claim, each once; none if one of the organizations has no name.
    fileprivate func organizations(at path: ClaimPath) -> [Principal.Organization] {
        guard let node = node(at: path.strings) else { return [] }
        var organizations: [Principal.Organization]
        if let name = node.string {
            organizations = [Principal.Organization(name)]
        } else if let names = node.strings {
            organizations = names.map { Principal.Organization($0) }
        } else if node.kind == .object, case .object(let members) = JSONValue(node) {
            organizations = members.map { member in
                guard case .string(let id) = member.value["id"], !id.isEmpty else {
                    return Principal.Organization(member.name)
                }
                return Principal.Organization(id, slug: member.name)
            }
        } else {
            organizations = []
        }
        guard organizations.allSatisfy({ !$0.id.isEmpty && $0.slug != "" }) else { return [] }
        var seen: Set<Principal.Organization> = []
        organizations.removeAll { !seen.insert($0).inserted }
        return organizations
    }

    /// Returns the strings of a claim: the elements of an array of strings, or the parts of a string between spaces.
    fileprivate func list(at path: ClaimPath) -> [String] {
        guard let node = node(at: path.strings) else { return [] }
        if let text = node.string {
            return text.utf8.split(separator: UInt8(ascii: " ")).compactMap { String($0) }
        }
        return node.strings ?? []
    }
}
