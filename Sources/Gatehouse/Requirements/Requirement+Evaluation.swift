extension Requirement {
    /// Judges the requirement.
    ///
    /// Outcomes combine as in a four-valued logic: of `allOf`, one that is refused decides, then one that is
    /// unavailable, then one that is unauthenticated; of `anyOf` one that is allowed decides, then the same two. So
    /// the order of the branches never changes the outcome, and both are associative and dual (De Morgan).
    public func evaluate(_ context: RequirementContext) async -> Outcome {
        switch self {
        case .permission(let permission):
            guard let principal = context.principal else { return .unauthenticated }
            return await context.authorizer.outcome(of: permission, for: principal, context)
        case .role(let role):
            guard let principal = context.principal else { return .unauthenticated }
            return await context.authorizer.outcome(ofRole: role, for: principal, on: context.resource)
        case .allOf(let requirements):
            return await Self.combine(requirements, context) { outcome in
                if case .refused = outcome { true } else { false }
            } ?? .allowed
        case .anyOf(let requirements):
            return await Self.combine(requirements, context) { $0 == .allowed } ?? .refused("no branch was met")
        case .not(let requirement):
            switch await requirement.evaluate(context) {
            case .allowed: return .refused("what must not be met was met")
            case .refused: return .allowed
            case let undecided: return undecided
            }
        case .custom(_, let evaluate):
            return await evaluate(context)
        }
    }

    /// The first outcome that decides, else the strongest undecided one, else nil: all are of the other kind.
    private static func combine(
        _ requirements: [Requirement],
        _ context: RequirementContext,
        decides: (Outcome) -> Bool
    ) async -> Outcome? {
        guard !requirements.isEmpty else { return .refused("an empty list of requirements refuses") }
        var undecided: Outcome?
        for requirement in requirements {
            let outcome = await requirement.evaluate(context)
            if decides(outcome) { return outcome }
            switch (outcome, undecided) {
            case (.unavailable, .none), (.unavailable, .unauthenticated), (.unauthenticated, .none): undecided = outcome
            default: break
            }
        }
        return undecided
    }
}
