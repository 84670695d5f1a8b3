extension ResolvedRoles {
    /// Answers a question of a principal with these roles, with all reasons. The answer uses no compiled verdicts.
    func decide(_ check: AccessCheck) -> Decision {
        engine.decide(check, holding: effectiveRoles(on: check.resource?.resourceID, at: check.time))
    }
}
