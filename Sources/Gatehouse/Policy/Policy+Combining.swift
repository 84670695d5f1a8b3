extension Policy {
    /// How what several held roles say becomes one decision.
    public enum Combining: String, Sendable, Hashable, CaseIterable {
        /// A denial by any held role counts more than every grant.
        case denyOverrides = "deny-overrides"
        /// One held role that allows, and itself denies nothing, is enough.
        case anyCleanRole = "any-clean-role"
    }
}
