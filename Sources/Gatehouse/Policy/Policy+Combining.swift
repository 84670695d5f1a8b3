extension Policy {
    /// The rule by which several held roles become one decision.
    public enum Combining: String, Sendable, Hashable, CaseIterable {
        /// A denial by any held role counts more than every grant.
        case denyOverrides = "deny-overrides"
        /// One held role is enough that allows the permission and does not itself deny it.
        case anyCleanRole = "any-clean-role"
    }
}
