/// The issuer's answer about an opaque token: a machine's token, an OAuth access token or an API key that is no JWT.
public struct OpaqueToken: Sendable, Hashable {
    /// The token's id, such as `mt_…`; not the token itself.
    public var id: String
    /// The subject of the token: `mch_…`, `user_…`, or for an API key `org_…` as well.
    public var subject: String
    /// The scopes of the token (RFC 6749 section 3.3).
    public var scopes: [String]
    /// The OAuth client that the token was given to; `nil` if the token is no OAuth access token.
    public var clientID: String?
    /// The claims that the token's creator chose, an object.
    public var claims: JSONValue
    /// True if the token was revoked.
    public var isRevoked: Bool
    /// True if the token has expired by the issuer's answer.
    public var isExpired: Bool
    /// The issuer's overall verdict (RFC 7662 section 2.2); true if the issuer's answer has none.
    public var isActive: Bool
    /// The expiry of the token; `nil` if the token does not expire.
    public var expiresAt: Timestamp?

    /// Makes a token, which is valid unless a parameter states otherwise.
    public init(
        id: String,
        subject: String,
        scopes: [String] = [],
        clientID: String? = nil,
        claims: JSONValue = [:],
        isRevoked: Bool = false,
        isExpired: Bool = false,
        isActive: Bool = true,
        expiresAt: Timestamp? = nil
    ) {
        self.id = id
        self.subject = subject
        self.scopes = scopes
        self.clientID = clientID
        self.claims = claims
        self.isRevoked = isRevoked
        self.isExpired = isExpired
        self.isActive = isActive
        self.expiresAt = expiresAt
    }
}

extension OpaqueToken {
    /// Checks that the token is valid now by each member of the answer, and that its subject fits its kind.
    func requireGood(_ kind: ClerkTokenKind, at time: Timestamp, skew: Duration) throws(TokenError) {
        if isRevoked { throw TokenError(.revoked, "the token was revoked") }
        let isOver = expiresAt.map { time >= $0.advanced(by: max(.zero, skew)) } == true
        if isExpired || isOver { throw TokenError(.expired, "the token has expired") }
        if !isActive { throw TokenError(.invalid, "the token is not active") }
        guard kind.subjectPrefixes.contains(where: { subject.utf8.starts(with: $0.utf8) }) else {
            throw TokenError(.typeMismatch, "the subject is not of the accepted kind of token")
        }
    }

    /// Returns the principal of the token, which carries neither roles nor permissions; the token's claims are no attributes of the
    /// principal.
    func principal(_ kind: ClerkTokenKind, issuer: String) -> Principal {
        var principal = Principal(
            subject,
            kind: kind == .m2m ? .machine : .user,
            issuer: issuer,
            tokenKind: kind.principalKind,
            scopes: scopes,
            clientID: clientID,
            claims: claims,
            expiresAt: expiresAt
        )
        if subject.utf8.starts(with: organizationPrefix.utf8) {
            principal.kind = .service
            principal.organization = Principal.Organization(subject)
        }
        return principal
    }
}

private let organizationPrefix = "org_"

extension ClerkTokenKind {
    /// The prefix of the subjects of such tokens.
    fileprivate var subjectPrefixes: [String] {
        switch self {
        case .session, .oauth: ["user_"]
        case .m2m: [machinePrefix]
        case .apiKey: ["user_", organizationPrefix]
        }
    }
}
