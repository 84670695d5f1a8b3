/// One evaluation of a requirement. All branches share the roles that the first of them resolved, and the instant.
struct RequirementSnapshot {
    let context: Requirement.Context
    /// True if the observers heard of a permission that was allowed.
    private(set) var isAllowTold = false
    /// True if the observers heard of the denied permission that the last outcome refuses for.
    private(set) var isRefusalTold = false
    /// The snapshots of the principal and of its user; `nil` until a branch needs them.
    private var principal, user: Result<PrincipalSnapshot, AuthorizerError>?

    init(_ context: Requirement.Context) {
        self.context = context
    }

    /// Returns the outcome of the requirement or of its opposite. A `not` is passed down to the leaves (De Morgan), so that each leaf tells
    /// its own reason.
    ///
    /// - Parameter isNegated: True if the requirement stands under an odd number of `not`.
    mutating func outcome(of requirement: Requirement, isNegated: Bool) async -> Requirement.Outcome {
        isRefusalTold = false
        if let refusal = refusal(forLackOfPath: requirement) ?? refusal(forFaultOf: requirement) { return refusal }
        let outcome: Requirement.Outcome
        switch requirement {
        case .public: outcome = .allowed
        case .authenticated: outcome = context.principal == nil ? .unauthenticated : .allowed
        case .permission(let name, let resource):
            // A malformed name was refused above.
            guard case .success(let permission) = name.permission else { return .refused("\(name)") }
            let details = CheckDetails(
                resource: resource?.named(by: context.parameters) ?? context.resource,
                action: context.action,
                context: context.context
            )
            outcome = await judge(permission, details, isNegated)
        case .role(let role):
            let resource = context.resource?.resourceID
            outcome = await judge(isNegated) { $0.outcome(ofRole: role, on: resource) }
        case .organization(let demand):
            outcome = context.principal?.outcome(speakingFor: demand, context.parameters) ?? .unauthenticated
        case .factor(let reverification):
            outcome = context.principal?.outcome(reverifiedBy: reverification) ?? .unauthenticated
        case .plan(let name):
            guard let principal = context.principal, !principal.isDelegated else {
                return refusal(ofDelegated: requirement)
            }
            outcome = principal.outcome(having: name, among: principal.plans, "plan")
        case .feature(let name):
            guard let principal = context.principal, !principal.isDelegated else {
                return refusal(ofDelegated: requirement)
            }
            outcome = principal.outcome(having: name, among: principal.features, "feature")
        case .tokenKind(let kinds):
            outcome = context.principal?.outcome(with: kinds) ?? .unauthenticated
        case .custom(_, let evaluate):
            outcome = await judge(isNegated, evaluate)
        case .allOf(let requirements):
            return await combine(requirements, isNegated, needsAll: !isNegated)
        case .anyOf(let requirements):
            return await combine(requirements, isNegated, needsAll: isNegated)
        case .not(let requirement):
            return await self.outcome(of: requirement, isNegated: !isNegated)
        }
        return isNegated ? outcome.opposite(of: requirement) : outcome
    }

    /// Returns the outcome of a question about the rights of the principal or, under `not`, of its user.
    private mutating func judge(_ isNegated: Bool, _ judge: (PrincipalSnapshot) -> Requirement.Outcome) async
        -> Requirement.Outcome
    {
        guard let principal = context.principal else { return .unauthenticated }
        let isUser = isNegated && principal.isDelegated
        switch await isUser ? snapshot(ofUserOf: principal) : snapshot(of: principal) {
        case .success(let subject): return judge(subject)
        case .failure(let error): return .unavailable("\(error)", retryAfter: error.retryAfter)
        }
    }

    /// Returns the outcome of a question about a permission, and tells the observers.
    private mutating func judge(_ permission: Permission, _ details: CheckDetails, _ isNegated: Bool) async
        -> Requirement.Outcome
    {
        var judged: PrincipalSnapshot?
        let outcome = await judge(isNegated) { subject in
            judged = subject
            return subject.outcome(of: permission, with: details)
        }
        guard !context.authorizer.observers.isEmpty, let judged else { return outcome }
        do throws(AuthorizerError) {
            try await context.authorizer.tell(
                AccessCheck(permission, by: judged.principal, details, at: judged.now),
                isAllowed: outcome == .allowed,
                judged.roles
            )
            if outcome == .allowed { isAllowTold = true } else { isRefusalTold = true }
            return outcome
        } catch {
            return .unavailable("\(error)", retryAfter: error.retryAfter)
        }
    }

    /// Returns the outcome of a closure. Under `not`, a closure that refuses a delegated credential is asked about the user as well.
    private func judge(
        _ isNegated: Bool,
        _ evaluate: @Sendable (Requirement.Context) async -> Requirement.Outcome
    ) async -> Requirement.Outcome {
        let outcome = await evaluate(context)
        guard case .refused = outcome, isNegated, let principal = context.principal, principal.isDelegated else {
            return outcome
        }
        var contextOfUser = context
        contextOfUser.principal = principal.withoutLimits
        return await evaluate(contextOfUser)
    }

    private mutating func snapshot(of principal: Principal) async -> Result<PrincipalSnapshot, AuthorizerError> {
        if let known = self.principal { return known }
        let snapshot = await context.authorizer.snapshot(of: principal)
        self.principal = snapshot
        return snapshot
    }

    /// Returns the snapshot of the credential's user, with the policy and the roles of the credential's snapshot. A credential that covers
    /// nothing has no roles in its snapshot, so the roles are resolved for the user alone.
    private mutating func snapshot(ofUserOf principal: Principal) async -> Result<PrincipalSnapshot, AuthorizerError> {
        if let user { return user }
        var snapshot = await snapshot(of: principal).map(\.ofUser)
        if case .success(let limited) = self.principal, limited.principal.holdsNothing {
            snapshot = await context.authorizer.snapshot(of: principal.withoutLimits)
        }
        user = snapshot
        return snapshot
    }

    /// Returns the first outcome that decides, otherwise the strongest undecided outcome, otherwise the outcome that all branches share.
    private mutating func combine(_ requirements: [Requirement], _ isNegated: Bool, needsAll: Bool) async
        -> Requirement.Outcome
    {
        guard !requirements.isEmpty else {
            return isNegated ? .allowed : .refused("an empty list of requirements refuses")
        }
        var undecided: Requirement.Outcome?
        var refusals = Refusals()
        var isOneTold = false
        for requirement in requirements {
            let outcome = await outcome(of: requirement, isNegated: isNegated)
            switch (outcome, undecided) {
            case (.allowed, _): if !needsAll { return outcome }
            case (.refused(let reason, let reverification), _):
                // A step up helps only if nothing else is missing.
                if needsAll, reverification == nil { return outcome }
                refusals.add(reason, reverification)
                isOneTold = isOneTold || isRefusalTold
            case (.unavailable, .none), (.unavailable, .unauthenticated), (.unauthenticated, .none): undecided = outcome
            default: break
            }
        }
        isRefusalTold = isOneTold
        if needsAll { return refusals.ofAll ?? undecided ?? .allowed }
        return undecided ?? refusals.ofAny
    }
}
