import Synchronization

/// The bearer of a verified credential, as the credential describes the bearer. Without a principal, a request is anonymous.
///
/// A copy costs little. All copies share the rights that an authorizer found out, so keep a principal for as long as its credential is
/// trusted instead of making a new one for each check.
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
    /// The bearer's type if ``kind`` is too general, one segment such as `device`; `nil` if ``kind`` is enough.
    public var type: String? {
        @inline(__always) get { storage.fields.type }
        set { change { $0.type = newValue } }
    }
    /// The id, unique at the issuer.
    public var id: String {
        @inline(__always) get { storage.fields.id }
        set { change { $0.id = newValue } }
    }
    /// The issuer of the id, the `iss` of a token; empty if there is none.
    public var issuer: String {
        @inline(__always) get { storage.fields.issuer }
        set { change { $0.issuer = newValue } }
    }
    /// The organization that the credential speaks for; `nil` for a personal account.
    public var organization: Organization? {
        @inline(__always) get { storage.fields.organization }
        set { change { $0.organization = newValue } }
    }
    /// The organizations that the credential names, if it names several and speaks for none of them in particular. If the requirement of a
    /// route names one of these, in the path or itself, the principal speaks for that organization.
    public var organizations: [Organization] {
        @inline(__always) get { storage.fields.organizations }
        set { change { $0.organizations = newValue } }
    }
    /// The roles that the credential itself carries.
    public var roles: [RoleAssignment] {
        @inline(__always) get { storage.fields.roles }
        set { change { $0.roles = newValue } }
    }
    /// The active roles of this session, each held or inherited by a held role, also by the policy's own assignment; `nil` if all held
    /// roles are active. Names of other roles are ignored (INCITS 359, sessions).
    public var activeRoles: [String]? {
        @inline(__always) get { storage.fields.activeRoles }
        set { change { $0.activeRoles = newValue } }
    }
    /// The permissions that the credential itself carries, in its order.
    public var permissions: [String] {
        @inline(__always) get { storage.fields.permissions }
        set { change { $0.permissions = newValue } }
    }
    /// The features of the credential, each with its scope, such as `o:invoices`.
    public var features: [String] {
        @inline(__always) get { storage.fields.features }
        set { change { $0.features = newValue } }
    }
    /// The plans of the credential, each with its scope, such as `o:pro`.
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
    /// The OAuth scopes of the credential (RFC 6749 section 3.3), in its order.
    public var scopes: [String] {
        @inline(__always) get { storage.fields.scopes }
        set { change { $0.scopes = newValue } }
    }
    /// The OAuth client that the credential was given to (RFC 8693 section 4.3); `nil` if the credential does not say.
    public var clientID: String? {
        @inline(__always) get { storage.fields.clientID }
        set { change { $0.clientID = newValue } }
    }
    /// Everything else that the issuer says of the bearer, for conditions and for the program itself.
    public var attributes: JSONValue {
        @inline(__always) get { storage.fields.attributes }
        set { change { $0.attributes = newValue } }
    }
    /// The claims that the creator of the credential chose, such as those of a machine token: a JSON object. Conditions find the claims
    /// under `$principal.claims`. The claims prove nothing about the bearer.
    public var claims: JSONValue {
        @inline(__always) get { storage.fields.claims }
        set { change { $0.claims = newValue } }
    }
    /// The instant at which the credential ends; `nil` if the instant is not known. A connection that lasts longer has to be judged again.
    public var expiresAt: Timestamp? {
        @inline(__always) get { storage.fields.expiresAt }
        set { change { $0.expiresAt = newValue } }
    }
    /// The permissions that a delegated credential covers, which an ``Authorizer`` reads from its scopes; empty if it covers none. This
    /// property does not limit other credentials. See ``isDelegated``.
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

    /// The storage that copies of a principal share: its fields, and the rights that an authorizer found out. The fields never change, so
    /// that the rights always belong to them.
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
