extension Authorizer {
    /// A change of the policy in force, or a change that was refused.
    public enum PolicyChange: Sendable {
        /// Another policy replaced this policy.
        case replaced(PolicyRevision, by: PolicyRevision)
        /// A reload failed, and the current policy stays. Several failures for one reason are reported once.
        case refused(CurrentPolicy.ReloadFailure)
        /// A reload gave the policy that is in force, after a reload that failed.
        case confirmed(PolicyRevision)
    }
}
