extension ResolvedRoles {
    /// Answers a question of the one who holds these roles, with every reason. Nothing compiled takes part in it.
    func decide(_ check: AccessCheck) -> Decision {
        engine.decide(check, holding: effectiveRoles(on: check.resource?.resourceID, at: check.time))
    }
}
