import Synchronization

/// The bearer of a verified credential, as the credential describes it. The absence of a principal is anonymity.
///
/// A copy costs little, and copies share what was found out about their rights: keep a principal for as long as its credential is
/// trusted, rather than make it anew for each check.
public struct Principal: Sendable {
    /// A kind of bearer.
    public enum Kind: String, Sendable, Codable {
        case user
        case machine
        case service
    }

    private(set) var storage: Storage

    /// The kind of bearer.
    public var kind: Kind {
        @inline(__always) get { storage.fields.kind }
        set { change { $0.kind = newValue } }
    }
    /// The bearer's type where ``kind`` says too little, one segment such as `device`; `nil` if ``kind`` says enough.
    public var type: String? {
        @inline(__always) get { storage.fields.type }
        set { change { $0.type = newValue } }
    }
    /// The id, unique at the issuer.
    public var id: String {
        @inline(__always) get { storage.fields.id }
        set { change { $0.id = newValue } }
    }
    /// The issuer of the id: the `iss` of a token, empty if there is none.
    public var issuer: String {
        @inline(__always) get { storage.fields.issuer }
        set { change { $0.issuer = newValue } }
    }
    /// The organization that the credential speaks for; `nil` for a personal account.
    public var organization: Organization? {
        @inline(__always) get { storage.fields.organization }
        set { change { $0.organization = newValue } }
    }
    /// The organizations of which the credential names several, and speaks for none in particular. Where a requirement is about the one
    /// that the path names, and the path names one of these, the principal speaks for that one.
    public var organizations: [Organization] {
        @inline(__always) get { storage.fields.organizations }
        set { change { $0.organizations = newValue } }
    }
    /// The roles that the credential itself carries.
    public var roles: [RoleAssignment] {
        @inline(__always) get { storage.fields.roles }
        set { change { $0.roles = newValue } }
    }
    /// The roles that are active in this session, each held or inherited by one that is held, be it by the policy's own
    /// assignment; `nil` for all that are held. Names of others are ignored (INCITS 359, sessions).
    public var activeRoles: [String]? {
        @inline(__always) get { storage.fields.activeRoles }
        set { change { $0.activeRoles = newValue } }
    }
    /// The permissions that the credential itself carries, in its order.
    public var permissions: [String] {
        @inline(__always) get { storage.fields.permissions }
        set { change { $0.permissions = newValue } }
    }
    /// Features, with their scope as in the credential, such as `o:invoices`.
    public var features: [String] {
        @inline(__always) get { storage.fields.features }
        set { change { $0.features = newValue } }
    }
    /// Plans, with their scope as in the credential, such as `o:pro`.
    public var plans: [String] {
        @inline(__always) get { storage.fields.plans }
        set { change { $0.plans = newValue } }
    }
    /// The ages of the bearer's proofs of each factor; `nil` if the credential does not say.
    public var factorAges: FactorAges? {
        @inline(__always) get { storage.fields.factorAges }
        set { change { $0.factorAges = newValue } }
    }
    /// The actor for this principal, as the credential has it.
    public var actor: JSONValue? {
        @inline(__always) get { storage.fields.actor }
        set { change { $0.actor = newValue } }
    }
    /// The kind of credential.
    public var tokenKind: TokenKind? {
        @inline(__always) get { storage.fields.tokenKind }
        set { change { $0.tokenKind = newValue } }
    }
    /// The session of the credential.
    public var session: Session? {
        @inline(__always) get { storage.fields.session }
        set { change { $0.session = newValue } }
    }
    /// The purposes that the credential was given out for (RFC 6749 section 3.3), in its order.
    public var scopes: [String] {
        @inline(__always) get { storage.fields.scopes }
        set { change { $0.scopes = newValue } }
    }
    /// The OAuth client that the credential was given to (RFC 8693 section 4.3); `nil` if the credential does not say.
    public var clientID: String? {
        @inline(__always) get { storage.fields.clientID }
        set { change { $0.clientID = newValue } }
    }
    /// Everything else that the issuer says of the bearer, for conditions and the host's own use.
    public var attributes: JSONValue {
        @inline(__always) get { storage.fields.attributes }
        set { change { $0.attributes = newValue } }
    }
    /// The claims that whoever created the credential chose, such as those of a machine token: a JSON object. Conditions find them
    /// under `$principal.claims`. They prove nothing about the bearer beyond that choice.
    public var claims: JSONValue {
        @inline(__always) get { storage.fields.claims }
        set { change { $0.claims = newValue } }
    }
    /// When the credential ends; `nil` if nobody knows. A connection that outlives this instant has to be judged again.
    public var expiresAt: Timestamp? {
        @inline(__always) get { storage.fields.expiresAt }
        set { change { $0.expiresAt = newValue } }
    }
    /// The most that a delegated credential may do, as an ``Authorizer`` reads from its scopes; empty for nothing at all. Other
    /// credentials are not limited by this. See ``isDelegated``.
    public internal(set) var delegatedPermissions: [PermissionPattern] {
        @inline(__always) get { storage.fields.delegatedPermissions }
        set { change { $0.delegatedPermissions = newValue } }
    }

    /// Makes a principal; only the id is required.
    public init(
        _ id: String,
        kind: Kind = .user,
        type: String? = nil,
        issuer: String = "",
        organization: Organization? = nil,
        organizations: [Organization] = [],
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
        storage = Storage(
            Fields(
                kind: kind,
                type: type,
                id: id,
                issuer: issuer,
                organization: organization,
                organizations: organizations,
                roles: roles,
                activeRoles: activeRoles,
                permissions: permissions,
                features: features,
                plans: plans,
                factorAges: factorAges,
                actor: actor,
                tokenKind: tokenKind,
                session: session,
                scopes: scopes,
                clientID: clientID,
                attributes: attributes,
                claims: claims,
                expiresAt: expiresAt,
                delegatedPermissions: []
            )
        )
    }

    private mutating func change(_ body: (inout Fields) -> Void) {
        var fields = storage.fields
        body(&fields)
        storage = Storage(fields)
    }
}

extension Principal {
    /// The parts of a principal.
    struct Fields: Sendable {
        var kind: Kind
        var type: String?
        var id: String
        var issuer: String
        var organization: Organization?
        var organizations: [Organization]
        var roles: [RoleAssignment]
        var activeRoles: [String]?
        var permissions: [String]
        var features: [String]
        var plans: [String]
        var factorAges: FactorAges?
        var actor: JSONValue?
        var tokenKind: TokenKind?
        var session: Session?
        var scopes: [String]
        var clientID: String?
        var attributes: JSONValue
        var claims: JSONValue
        var expiresAt: Timestamp?
        var delegatedPermissions: [PermissionPattern]
    }

    /// The part that copies of a principal share: its fields, and what an authorizer found out about them. The parts never change, so that
    /// nothing found out is ever about others.
    final class Storage: Sendable {
        let fields: Fields
        let found = Mutex<(any AnyObject & Sendable)?>(nil)

        init(_ fields: Fields) {
            self.fields = fields
        }
    }
}

extension Principal {
    /// The type that conditions find under `$principal.type`, and assignments name.
    public var typeName: String { type ?? kind.rawValue }
}

extension Principal: CustomStringConvertible {
    public var description: String {
        "\(kind.rawValue) \(id.printable)" + (organization.map { " in \($0.id.printable)" } ?? "")
    }
}
