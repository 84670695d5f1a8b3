extension Requirement {
    /// Judges the requirement.
    ///
    /// Outcomes combine as in a four-valued logic: of `allOf`, one that is refused decides, then one that is
    /// unavailable, then one that is unauthenticated; of `anyOf` one that is allowed decides, then the same two. So
    /// the order of the branches never changes the outcome, and both are associative and dual (De Morgan).
    ///
    /// All branches are judged by one snapshot: one policy, one set of roles, one instant. Under `not` a delegated credential counts
    /// as its user, so that rights which the credential lacks open nothing; a closure that refuses the credential is asked about the user
    /// as well.
    public func evaluate(_ context: RequirementContext) async -> Outcome {
        var snapshot = RequirementSnapshot(context)
        return await snapshot.outcome(of: self, isNegated: false)
    }
}

/// One evaluation of a requirement: the branches share the roles that the first of them resolved, and the instant.
struct RequirementSnapshot {
    private let context: RequirementContext
    /// What the principal may do, and what its user may do; `nil` before a branch needs to know.
    private var principal, user: Result<PrincipalSnapshot, AuthorizerError>?

    init(_ context: RequirementContext) {
        self.context = context
    }

    /// - Parameter isNegated: Whether the requirement stands under an odd number of `not`.
    mutating func outcome(of requirement: Requirement, isNegated: Bool) async -> Outcome {
        switch requirement {
        case .permission(let permission):
            return await outcome(isNegated) { subject, context in
                subject.allows(permission, context) ? .allowed : .refused("\(subject.principal) lacks \(permission)")
            }
        case .role(let role):
            return await outcome(isNegated) { subject, context in
                subject.holds(role, on: context.resource?.resourceID)
                    ? .allowed : .refused("\(subject.principal) does not hold \(role.printable)")
            }
        case .tokenKind(let kinds):
            guard let principal = context.principal else { return .unauthenticated }
            let isAccepted = principal.tokenKind.map(kinds.contains) ?? false
            return isAccepted
                ? .allowed : .refused("the credential is of the kind \(principal.tokenKind?.rawValue ?? "none")")
        case .allOf(let requirements):
            return await combine(requirements, isNegated) { outcome in
                if case .refused = outcome { true } else { false }
            } ?? .allowed
        case .anyOf(let requirements):
            return await combine(requirements, isNegated) { $0 == .allowed } ?? .refused("no branch was met")
        case .not(let requirement):
            switch await outcome(of: requirement, isNegated: !isNegated) {
            case .allowed: return .refused("what must not be met was met")
            case .refused: return .allowed
            case let undecided: return undecided
            }
        case .custom(_, let evaluate):
            let outcome = await evaluate(context)
            guard case .refused = outcome, isNegated, let principal = context.principal, principal.isDelegated else {
                return outcome
            }
            var contextOfUser = context
            contextOfUser.principal = principal.withoutLimits
            return await evaluate(contextOfUser)
        }
    }

    /// The outcome of a question about what the principal, or under `not` its user, may do.
    private mutating func outcome(
        _ isNegated: Bool,
        _ judge: (PrincipalSnapshot, RequirementContext) -> Outcome
    ) async -> Outcome {
        guard let principal = context.principal else { return .unauthenticated }
        let isUser = isNegated && principal.isDelegated
        switch await isUser ? snapshot(ofUserOf: principal) : snapshot(of: principal) {
        case .success(let subject): return judge(subject, context)
        case .failure(let error): return .unavailable("\(error)", retryAfter: error.retryAfter)
        }
    }

    private mutating func snapshot(of principal: Principal) async -> Result<PrincipalSnapshot, AuthorizerError> {
        if let known = self.principal { return known }
        let snapshot = await context.authorizer.snapshot(of: principal)
        self.principal = snapshot
        return snapshot
    }

    /// By the same policy and roles as the credential's own, unless that is good for nothing, so that no branch is met by it.
    private mutating func snapshot(ofUserOf principal: Principal) async -> Result<PrincipalSnapshot, AuthorizerError> {
        if let user { return user }
        var snapshot = await snapshot(of: principal).map(\.ofUser)
        if case .success(let limited) = self.principal, limited.principal.holdsNothing {
            snapshot = await context.authorizer.snapshot(of: principal.withoutLimits)
        }
        user = snapshot
        return snapshot
    }

    /// The first outcome that decides, else the strongest undecided one, else `nil`: all are of the other kind.
    private mutating func combine(
        _ requirements: [Requirement],
        _ isNegated: Bool,
        decides: (Outcome) -> Bool
    ) async -> Outcome? {
        guard !requirements.isEmpty else { return .refused("an empty list of requirements refuses") }
        var undecided: Outcome?
        for requirement in requirements {
            let outcome = await outcome(of: requirement, isNegated: isNegated)
            if decides(outcome) { return outcome }
            switch (outcome, undecided) {
            case (.unavailable, .none), (.unavailable, .unauthenticated), (.unauthenticated, .none): undecided = outcome
            default: break
            }
        }
        return undecided
    }
}
