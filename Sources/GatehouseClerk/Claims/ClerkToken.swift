/// The content of a verified token of Clerk, in one form for versions 1 and 2 of the claims.
///
/// A claim of an unexpected form counts as absent: it grants no permission, and refuses nothing. The organization and the factors of a
/// machine or OAuth token are included here, but do not belong to the principal, since the creator of such a token chooses its claims.
public struct ClerkToken: Sendable {
    /// The kind of token.
    public let kind: ClerkTokenKind
    /// The subject of the token: `user_…`, or `mch_…` for a machine.
    public let subject: String
    /// The instance that issued the token, such as `https://clerk.example.com`.
    public let issuer: String?
    /// The session. It has no id or no status if the token has none.
    public let session: Principal.Session
    /// The active organization; `nil` for a personal account.
    public let organization: Organization?
    /// The features, each with its scope, such as `o:invoices`.
    public let features: [String]
    /// The plans, each with its scope, such as `o:pro`.
    public let plans: [String]
    /// True if every feature, and every plan, has a scope. If an entry has no scope, Clerk's SDKs ignore the whole list.
    let areWellFormed: (features: Bool, plans: Bool)
    /// The time since the user proved each factor.
    public let factorAges: Principal.FactorAges?
    /// The actor for the user: the claim `act`, an object.
    public let actor: JSONValue?
    /// The expiry of the token, without the clock skew.
    public let expiresAt: Timestamp
    /// The scopes of a machine's or an OAuth token. A machine's token has the words of `scopes`, or else `aud` if that claim is a list. An
    /// OAuth token has the list `scp`, or else the words of `scope`. A session token has no scopes.
    public let scopes: [String]
    /// The OAuth client that an OAuth token was given to: the claim `client_id`.
    public let clientID: String?
    /// The claims that are not Clerk's own, and `aud`.
    public let customClaims: JSONValue

    /// Reads a verified token.
    public init(_ token: VerifiedToken) {
        kind = ClerkTokenKind(of: token)
        subject = token.subject
        issuer = token.issuer
        expiresAt = token.expiresAt
        let claims = token.payload
        customClaims = claims.members(except: kind == .session ? Self.sessionClaims : Self.registeredClaims)
        scopes = Self.scopes(claims, kind)
        clientID = kind == .oauth ? claims.member("client_id")?.string : nil
        session = Principal.Session(id: claims.member("sid")?.string, status: claims.member("sts")?.string)
        let features = ScopedList(claims.member("fea"))
        organization = Organization(claims, features: features)
        self.features = features.scopedTexts
        let plans = ScopedList(claims.member("pla"))
        self.plans = plans.scopedTexts
        areWellFormed = (features.isWellFormed, plans.isWellFormed)
        factorAges = claims.member("fva").flatMap { Principal.FactorAges($0) }
        actor = claims.member("act").flatMap { $0.kind == .object ? .some(JSONValue($0)) : .none }
    }

    private static func scopes(_ claims: JSONNode, _ kind: ClerkTokenKind) -> [String] {
        func words(_ name: StaticString) -> [String]? {
            claims.member(name)?.string?.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        }
        return switch kind {
        case .session, .apiKey: []
        case .m2m: words("scopes") ?? claims.member("aud")?.strings ?? []
        case .oauth: claims.member("scp")?.strings ?? words("scope") ?? []
        }
    }

    private static let registeredClaims: [StaticString] = ["sub", "iss", "exp", "nbf", "iat", "azp", "jti"]
    private static let sessionClaims: [StaticString] =
        registeredClaims + [
            "sid", "sts", "v", "o", "org_id", "org_slug", "org_role", "org_permissions", "fea", "pla", "fva", "act",
        ]
}

extension JSONNode {
    /// Returns the members of an object without these.
    fileprivate func members(except names: [StaticString]) -> JSONValue {
        .object(
            members.filter { member in !names.contains { member.name.isString($0) } }
                .map { JSONMember($0.name.string ?? "", JSONValue($0.value)) }
        )
    }
}

extension Principal.FactorAges {
    /// Reads the claim `fva`: two whole numbers of minutes, each -1 (never, or no such factor) or from 0.
    init?(_ claim: JSONNode) {
        let ages = claim.elements.map { $0.double.flatMap { Int(exactly: $0) } }
        guard ages.count == 2, let first = ages[0], let second = ages[1], min(first, second) >= -1 else { return nil }
        self.init(first: first < 0 ? nil : first, second: second < 0 ? nil : second)
    }
}
