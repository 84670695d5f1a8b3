extension Policy {
    /// The way in which the words of several held roles become one decision.
    public enum Combining: String, Sendable, Hashable, CaseIterable {
        /// A denial by any held role counts more than every grant.
        case denyOverrides = "deny-overrides"
        /// One held role that allows, and itself denies nothing, is enough.
        case anyCleanRole = "any-clean-role"
    }
}
