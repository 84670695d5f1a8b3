/// An authorizer that decides about the permissions of principals, by a policy and by roles from a membership source, which a cache
/// remembers.
///
/// ```swift
/// let authorizer = try Authorizer(policy: policy)
/// ```
///
/// Give ``marks`` to the authenticator, so that tokens which were issued before a role was taken away are refused.
public struct Authorizer: Sendable {
    /// The weight of a credential's own permissions beside the policy. A check by ids has no credential, so that only the policy decides.
    public enum PermissionSource: String, Sendable, CaseIterable {
        /// Only the credential's permissions decide, and the policy is not used.
        case token
        /// The policy decides by roles.
        case roles
        /// A denial by the policy refuses the check. Otherwise either of them can grant it.
        case both
    }

    /// The policy in force.
    public let policy: CurrentPolicy
    /// The weight of the credential's own permissions.
    public let permissionSource: PermissionSource
    /// The permissions for the scopes of delegated credentials.
    public let scopes: ScopeMap
    /// The memory of principals whose roles have to be loaded.
    public let cache: PermissionCache
    /// The marks of tokens that are no longer accepted.
    public let marks: RevocationMarks
    /// The organizations that demand a second factor from their members; `nil` for no such demands.
    public let secondFactor: SecondFactorDemands?
    /// The issuer of the ids of users: the `iss` of their tokens. The policy's assignments without an issuer apply to principals of this
    /// issuer; `nil` if the authorizer has none, so that they apply to principals without an issuer.
    public let issuer: String?
    let memberships: any MembershipSource
    let store: (any MembershipStore)?
    let bus: (any InvalidationBus)?
    /// The observers, which are told about each decision before the caller gets it.
    public let observers: [any DecisionObserver]
    let clock: WallClock
    let scope: PermissionScope
    /// The news for the observer; `nil` if there is no observer.
    let news: AuthorizerNews?
    /// A substitute that may receive an observer later; `nil` if the authorizer was made with an observer.
    let later: LaterObserver?
    let identity = AuthorizerIdentity()

    /// Makes an authorizer.
    ///
    /// - Parameters:
    ///   - policy: The policy in force, which may be replaced while the authorizer decides.
    ///   - permissionSource: The weight of the credential's own permissions.
    ///   - scopes: The permissions that the scopes of OAuth access tokens and of users' API keys stand for. Without an entry such a
    ///     credential may do nothing, whatever its user may do.
    ///   - memberships: The source of roles. The policy's own assignments are always added.
    ///   - store: The store that ``assign(_:to:)`` and ``remove(role:from:)`` change, for example one of several sources; `nil` for
    ///     `memberships`, if that is a store.
    ///   - issuer: The issuer of the ids of users, as in the `iss` of their tokens, or “” if the tokens have none. Checks by ids and the
    ///     policy's assignments without an issuer are about users of this issuer. With `nil` they are about nobody whose credential has an
    ///     issuer (``warnings``).
    ///   - cache: The memory of loaded roles. One cache serves one membership source and one `issuer`, and hears one bus.
    ///   - marks: The marks of tokens that are no longer accepted; `nil` for a set of its own.
    ///   - secondFactor: The organizations that demand a second factor of their members; `nil` to demand no second factor.
    ///   - bus: The bus that tells the other nodes of invalidations, and this node of theirs; `nil` if there are no other nodes. While
    ///     ``followBus()`` does not run, the cache keeps roles for a short time only.
    ///   - observers: The observers that hear of each decision before it is given, such as an audit log. A decision that an observer does
    ///     not take is not given.
    ///   - observer: The observer that hears of a membership source or a bus that fails, of a policy that is replaced, and of ``warnings``;
    ///     `nil` for no observer.
    ///   - clock: The clock, for roles that are held for a time only.
    public init(
        policy: CurrentPolicy,
        permissionSource: PermissionSource = .roles,
        scopes: ScopeMap = [:],
        memberships: any MembershipSource = SessionClaims(),
        store: (any MembershipStore)? = nil,
        issuer: String? = nil,
        cache: PermissionCache = PermissionCache(),
        marks: RevocationMarks? = nil,
        secondFactor: SecondFactorDemands? = nil,
        bus: (any InvalidationBus)? = nil,
        observers: [any DecisionObserver] = [],
        observer: (any AuthorizerObserver)? = nil,
        clock: WallClock = .system
    ) {
        self.policy = policy
        self.permissionSource = permissionSource
        self.scopes = scopes
        self.memberships = memberships
        self.store = store ?? memberships as? any MembershipStore
        self.cache = cache
        self.marks = marks ?? RevocationMarks(clock: clock)
        self.secondFactor = secondFactor
        self.bus = bus
        self.observers = observers
        self.clock = clock
        self.issuer = issuer
        scope = cache.scope(of: issuer ?? Self.noIssuer)
        if bus != nil {
            cache.requireHeartbeats()
            self.marks.endGap()  // for revocations by other nodes before this node started
        }
        let later = observer == nil ? LaterObserver() : nil
        self.later = later
        news = (observer ?? later).map { observer in
            AuthorizerNews(observer, issuer: issuer, busIsDue: cache.disconnectedUntil())
        }
        guard let news else { return }
        news.tellWarnings(of: policy.tellsReplacements(to: news))
    }

    /// Makes an authorizer by a policy that stays.
    public init(
        engine: PolicyEngine,
        permissionSource: PermissionSource = .roles,
        scopes: ScopeMap = [:],
        memberships: any MembershipSource = SessionClaims(),
        store: (any MembershipStore)? = nil,
        issuer: String? = nil,
        cache: PermissionCache = PermissionCache(),
        marks: RevocationMarks? = nil,
        secondFactor: SecondFactorDemands? = nil,
        bus: (any InvalidationBus)? = nil,
        observers: [any DecisionObserver] = [],
        observer: (any AuthorizerObserver)? = nil,
        clock: WallClock = .system
    ) {
        self.init(
            policy: CurrentPolicy(engine),
            permissionSource: permissionSource,
            scopes: scopes,
            memberships: memberships,
            store: store,
            issuer: issuer,
            cache: cache,
            marks: marks,
            secondFactor: secondFactor,
            bus: bus,
            observers: observers,
            observer: observer,
            clock: clock
        )
    }

    /// The issuer of an authorizer without an issuer. No principal has this issuer, so that no ids are known.
    private static let noIssuer = "\u{0}no issuer"

    /// The issuer whose principals the policy's assignments without an issuer are about.
    var ownIssuer: String { issuer ?? "" }

    /// Makes an authorizer with a fixed policy.
    ///
    /// - Throws: ``PolicyError`` with all findings if the policy has errors.
    public init(
        policy: Policy,
        permissionSource: PermissionSource = .roles,
        scopes: ScopeMap = [:],
        memberships: any MembershipSource = SessionClaims(),
        store: (any MembershipStore)? = nil,
        issuer: String? = nil,
        cache: PermissionCache = PermissionCache(),
        marks: RevocationMarks? = nil,
        secondFactor: SecondFactorDemands? = nil,
        bus: (any InvalidationBus)? = nil,
        observer: (any AuthorizerObserver)? = nil,
        clock: WallClock = .system
    ) throws(PolicyError) {
        self.init(
            engine: try PolicyEngine(policy),
            permissionSource: permissionSource,
            scopes: scopes,
            memberships: memberships,
            store: store,
            issuer: issuer,
            cache: cache,
            marks: marks,
            secondFactor: secondFactor,
            bus: bus,
            observer: observer,
            clock: clock
        )
    }

    /// The policy in force now.
    public var engine: PolicyEngine { policy.engine }

    /// Makes an authorizer that uses only the permissions of the credential. Keep the authorizer, since each has its own marks.
    public static func makeTokenAuthorizer() throws(PolicyError) -> Authorizer {
        try Authorizer(policy: Policy(), permissionSource: .token)
    }
}
