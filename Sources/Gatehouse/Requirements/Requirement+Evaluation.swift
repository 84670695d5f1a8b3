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
    public func evaluate(_ context: Context) async -> Outcome {
        var snapshot = RequirementSnapshot(context)
        let outcome = await snapshot.outcome(of: self, isNegated: false)
        guard outcome == .allowed, !isPublic, let demands = context.authorizer.secondFactor else { return outcome }
        return await demands.outcome(for: context.principal)
    }
}
