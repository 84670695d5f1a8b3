/// Hears of every decision of an ``Authorizer`` before it is given: an audit log.
public protocol DecisionObserver: Sendable {
    /// Takes a decision. It may wait, and must end in bounded time: the request waits for it.
    ///
    /// - Throws: Where the decision must not be given, as it could not be kept: the check is undecided (503).
    func observe(_ event: DecisionEvent) async throws
}

/// A decision, and everything that it takes to decide again.
public struct DecisionEvent: Sendable {
    /// Who asked for what.
    public let check: AccessCheck
    /// Whether it was allowed.
    public let isAllowed: Bool
    /// The policy that decided.
    public let engine: PolicyEngine
    /// What the credential's own permissions counted.
    public let permissionSource: Authorizer.PermissionSource
    /// Whose principals the policy's assignments without an issuer are about.
    public let ownIssuer: String
    /// The state of the membership source that the roles were loaded from; `nil` if none were loaded, or the source does not count its
    /// states.
    public let membershipRevision: MembershipRevision?
    /// The request that it was for; `nil` if it was for none that is known.
    public let request: RequestDescription?
    private let roles: ResolvedRoles?

    init(
        _ check: AccessCheck,
        isAllowed: Bool,
        roles: ResolvedRoles?,
        membershipRevision: MembershipRevision?,
        engine: PolicyEngine,
        permissionSource: Authorizer.PermissionSource,
        ownIssuer: String
    ) {
        self.check = check
        self.isAllowed = isAllowed
        self.roles = roles
        self.membershipRevision = membershipRevision
        self.engine = engine
        self.permissionSource = permissionSource
        self.ownIssuer = ownIssuer
        request = RequestDescription.current
    }

    /// The roles that the principal held by its credential and by the membership source, with their bounds; the policy adds its own.
    public var heldRoles: [RoleAssignment] { roles.map { Array($0.given) } ?? check.principal.roles }

    /// The decision with its reasons, which are found when this is asked, by the policy that decided.
    public var decision: Decision {
        if permissionSource == .token {
            return Decision(
                isAllowed: isAllowed,
                reasons: [isAllowed ? .credential : .default],
                revision: engine.revision
            )
        }
        let decision = roles?.decide(check) ?? engine.decide(check, ownIssuer: ownIssuer)
        guard isAllowed, !decision.isAllowed else { return decision }
        return Decision(isAllowed: true, reasons: [.credential], revision: engine.revision)
    }
}

/// The request that a decision is for, as records name it.
public struct RequestDescription: Sendable, Hashable {
    /// The request's id.
    public var id: String
    /// Where it came from; `nil` if nobody knows.
    public var address: String?
    /// What sent it, in its own words; `nil` if it does not say.
    public var userAgent: String?

    /// Makes a description.
    public init(id: String, address: String? = nil, userAgent: String? = nil) {
        self.id = id
        self.address = address
        self.userAgent = userAgent
    }

    /// The request that the current task answers. A host sets it around what decides and what handles the request.
    @TaskLocal public static var current: RequestDescription?
}
