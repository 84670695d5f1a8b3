/// A decision, with all that a replay needs.
public struct DecisionEvent: Sendable {
    /// The check that was decided.
    public let check: AccessCheck
    /// True if the decision is to allow.
    public let isAllowed: Bool
    /// The policy that decided.
    public let engine: PolicyEngine
    /// The weight of the credential's own permissions.
    public let permissionSource: Authorizer.PermissionSource
    /// The issuer whose principals the policy's assignments without an issuer are about.
    public let ownIssuer: String
    /// The state of the membership source from which the roles were loaded; `nil` if no roles were loaded, or if the source does not count
    /// its states.
    public let membershipRevision: MembershipRevision?
    /// The request of the check; `nil` if it is unknown.
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

    /// The decision with its reasons, which are computed when this property is read.
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
