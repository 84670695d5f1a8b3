extension Requirement {
    /// Judges the requirement.
    ///
    /// Outcomes combine as in a four-valued logic. In `allOf`, a refused outcome decides first, then an unavailable one, then an
    /// unauthenticated one. In `anyOf`, an allowed outcome decides first, then an unavailable one, then an unauthenticated one. So the
    /// order of the branches never changes the outcome, and both are associative and dual (De Morgan).
    ///
    /// Branches that refuse only for lack of a step up give way to other refusals, since a step up would not help.
    ///
    /// All branches are judged by one snapshot: one policy, one set of roles, one instant. Under `not` a delegated credential counts as its
    /// user, so that a right that the credential lacks opens nothing. A closure that refuses the credential is then asked about the user as
    /// well.
    ///
    /// If the principal's organization demands a second factor (``Authorizer/secondFactor``), the strict level is demanded as well, unless
    /// the requirement is public.
    ///
    /// The authorizer's observers hear of each permission in a question, and of the outcome if no permission tells it.
    public func evaluate(_ context: Context) async -> Outcome {
        var snapshot = RequirementSnapshot(context)
        var outcome = await snapshot.outcome(of: self, isNegated: false)
        if isPublic { return outcome }
        let isTold = outcome == .allowed ? snapshot.isAllowTold : snapshot.isRefusalTold
        if outcome == .allowed, let demands = context.authorizer.secondFactor {
            outcome = await demands.outcome(for: context.principal)
            guard outcome == .allowed else {
                let demand = Requirement.factor(SecondFactorDemands.reverification)
                return await context.authorizer.tell(outcome, of: demand, for: context.principal)
            }
        }
        return isTold ? outcome : await context.authorizer.tell(outcome, of: self, for: context.principal)
    }
}
