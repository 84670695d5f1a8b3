extension Requirement {
    /// Judges the requirement.
    ///
    /// Outcomes combine as in a four-valued logic: of `allOf`, one that is refused decides, then one that is
    /// unavailable, then one that is unauthenticated; of `anyOf` one that is allowed decides, then the same two. So
    /// the order of the branches never changes the outcome, and both are associative and dual (De Morgan).
    ///
    /// Refused branches that only ask for a step up give way to others that refuse: stepping up would not help.
    ///
    /// All branches are judged by one snapshot: one policy, one set of roles, one instant. Under `not` a delegated credential counts
    /// as its user, so that rights which the credential lacks open nothing; a closure that refuses the credential is asked about the user
    /// as well.
    ///
    /// Of a principal whose organization demands a second factor (``Authorizer/secondFactor``) the strict level is demanded as well,
    /// unless the requirement is public.
    ///
    /// The authorizer's observers hear of each permission that is asked for, and of the outcome where no permission tells of it.
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
