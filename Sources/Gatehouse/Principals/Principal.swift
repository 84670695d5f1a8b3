/// Who asks: what a verified credential says of its bearer. The absence of a principal is anonymity.
public struct Principal: Sendable {
    /// What kind of bearer it is.
    public enum Kind: String, Sendable, Codable {
        case user
        case machine
        case service
    }

    /// What kind of bearer this is.
    public var kind: Kind
    /// What the bearer is called where ``kind`` says too little, one segment such as `device`; nil: as ``kind`` says.
    public var type: String?
    /// The id, unique at the issuer.
    public var id: String
    /// Who vouches for the id: the `iss` of a token, empty where there is none.
    public var issuer: String
    /// The organization that the credential speaks for; nil: a personal account.
    public var organization: Organization?
    /// The roles that the credential itself carries.
    public var roles: [RoleAssignment]
    /// The roles that are active in this session, each held or inherited by one that is held, be it by the policy's own
    /// assignment; nil: all that are held. Names of others are ignored (INCITS 359, sessions).
    public var activeRoles: [String]?
    /// The permissions that the credential itself carries, in its order.
    public var permissions: [String]
    /// Features, with their scope as in the credential, such as `o:invoices`.
    public var features: [String]
    /// Plans, with their scope as in the credential, such as `o:pro`.
    public var plans: [String]
    /// How long ago the bearer proved each factor; nil where the credential does not say.
    public var factorAges: FactorAges?
    /// Who acts as this principal, as the credential has it.
    public var actor: JSONValue?
    /// What kind of credential it was.
    public var tokenKind: TokenKind?
    /// The session of the credential.
    public var session: Session?
    /// The purposes that the credential was given out for (RFC 6749 section 3.3), in its order.
    public var scopes: [String]
    /// The OAuth client that the credential was given to (RFC 8693 section 4.3); `nil` where the credential does not say.
    public var clientID: String?
    /// Everything else that the issuer says of the bearer, for conditions and the host's own use.
    public var attributes: JSONValue
    /// The claims that whoever created the credential chose, such as those of a machine token: a JSON object. Conditions find them
    /// under `$principal.claims`. They prove nothing about the bearer beyond that choice.
    public var claims: JSONValue
    /// When the credential ends; `nil` where nobody knows. A connection that outlives this instant has to be judged again.
    public var expiresAt: Timestamp?
    /// The most that a delegated credential may do, as an ``Authorizer`` reads from its scopes; empty: nothing at all. Other
    /// credentials are not limited by this. See ``isDelegated``.
    public internal(set) var delegatedPermissions: [PermissionPattern] = []

    /// Makes a principal; only the id is required.
    public init(
        _ id: String,
        kind: Kind = .user,
        type: String? = nil,
        issuer: String = "",
        organization: Organization? = nil,
        roles: [RoleAssignment] = [],
        activeRoles: [String]? = nil,
        permissions: [String] = [],
        features: [String] = [],
        plans: [String] = [],
        factorAges: FactorAges? = nil,
        actor: JSONValue? = nil,
        tokenKind: TokenKind? = nil,
        session: Session? = nil,
        scopes: [String] = [],
        clientID: String? = nil,
        attributes: JSONValue = [:],
        claims: JSONValue = [:],
        expiresAt: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.type = type
        self.issuer = issuer
        self.organization = organization
        self.roles = roles
        self.activeRoles = activeRoles
        self.permissions = permissions
        self.features = features
        self.plans = plans
        self.factorAges = factorAges
        self.actor = actor
        self.tokenKind = tokenKind
        self.session = session
        self.scopes = scopes
        self.clientID = clientID
        self.attributes = attributes
        self.claims = claims
        self.expiresAt = expiresAt
    }
}

extension Principal {
    /// What conditions find under `$principal.type`, and assignments name.
    public var typeName: String { type ?? kind.rawValue }
}

extension Principal: CustomStringConvertible {
    public var description: String {
        "\(kind.rawValue) \(id.printable)" + (organization.map { " in \($0.id.printable)" } ?? "")
    }
}
