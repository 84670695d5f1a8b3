/// Who decides: a policy, where roles come from, and what is remembered of them.
///
/// ```swift
/// let authorizer = Authorizer(engine: try PolicyEngine(policy))
/// ```
public struct Authorizer: Sendable {
    /// What a credential's own permissions count beside the policy.
    public enum PermissionSource: String, Sendable, CaseIterable {
        /// The credential's permissions decide alone; the policy is not consulted.
        case token
        /// The policy decides by roles.
        case roles
        /// A denial by the policy refuses; else either grants.
        case both
    }

    /// The policy in force.
    public let policy: CurrentPolicy
    /// What the credential's own permissions count.
    public let permissionsFrom: PermissionSource
    /// What is remembered of principals whose roles have to be loaded.
    public let cache: PermissionCache
    let memberships: (any MembershipSource)?
    let clock: WallClock
    private let issuer: String
    private let scope: PermissionScope

    /// Makes an authorizer.
    ///
    /// - Parameters:
    ///   - policy: The policy in force, which may be replaced while the authorizer decides.
    ///   - permissionsFrom: What the credential's own permissions count.
    ///   - memberships: Where roles are loaded from; nil: a principal has those that its credential carries. Either
    ///     way the policy's own assignments are added.
    ///   - issuer: Who vouches for the ids of users: the `iss` of their tokens. It matters only with memberships.
    ///   - cache: What remembers loaded roles. One cache serves one membership source.
    ///   - clock: The time, for roles that are held for a time only.
    public init(
        policy: CurrentPolicy,
        permissionsFrom: PermissionSource = .roles,
        memberships: (any MembershipSource)? = nil,
        issuer: String = "",
        cache: PermissionCache = PermissionCache(),
        clock: WallClock = .system
    ) {
        self.policy = policy
        self.permissionsFrom = permissionsFrom
        self.memberships = memberships
        self.issuer = issuer
        self.cache = cache
        self.clock = clock
        scope = cache.scope(of: issuer)
    }

    /// Makes an authorizer by a policy that stays.
    public init(
        engine: PolicyEngine,
        permissionsFrom: PermissionSource = .roles,
        memberships: (any MembershipSource)? = nil,
        issuer: String = "",
        cache: PermissionCache = PermissionCache(),
        clock: WallClock = .system
    ) {
        self.init(
            policy: CurrentPolicy(engine),
            permissionsFrom: permissionsFrom,
            memberships: memberships,
            issuer: issuer,
            cache: cache,
            clock: clock
        )
    }

    /// The policy in force now.
    public var engine: PolicyEngine { policy.engine }

    /// An authorizer that goes by the permissions in the credential alone.
    public static var token: Authorizer {
        get throws(PolicyError) { Authorizer(engine: try PolicyEngine(Policy()), permissionsFrom: .token) }
    }

    /// Whether a user may do something in an organization (nil: as a personal account), if that is remembered;
    /// nil where the user's roles have to be loaded first. Allocates nothing and does not suspend.
    public func cachedAnswer(organization: String?, user: String, permission: String) -> Bool? {
        remembered(user, in: organization, scope)?.allows(permission, at: clock.now())
    }

    /// The same for a typed permission.
    public func cachedAnswer(organization: String?, user: String, permission: Permission) -> Bool? {
        remembered(user, in: organization, scope)?.allows(permission, at: clock.now())
    }

    /// Whether a user may do something in an organization (nil: as a personal account), by the roles that the
    /// membership source gives.
    ///
    /// - Throws: ``AuthorizerError`` where the roles could not be loaded. That is neither yes nor no.
    public func isAllowed(
        organization: String?,
        user: String,
        permission: Permission,
        on resource: Resource? = nil,
        context: JSONValue = [:]
    ) async throws(AuthorizerError) -> Bool {
        try await permissions(of: user, in: organization, scope: scope, issuer: issuer)
            .allows(permission, on: resource, context: context, at: clock.now())
    }

    /// Forgets what one user may do in one organization (nil: as a personal account). When it returns, no later check
    /// uses what was loaded before.
    ///
    /// - Parameter issuer: Who vouches for the user's id; nil: the authorizer's own issuer.
    public func invalidate(organization: String?, user: String, issuer: String? = nil) {
        cache.invalidate(issuer: issuer ?? self.issuer, organization: organization, user: user)
    }

    /// What is remembered of a user, if it is still good and of this policy.
    @inline(__always)
    func remembered(_ user: String, in organization: String?, _ scope: PermissionScope) -> ResolvedPrincipal? {
        let known = scope.withKey(organization: organization, user: user) { cache.permissions(for: $0) }
        return known.flatMap { policy.isCurrent($0) ? $0 : nil }
    }
}
