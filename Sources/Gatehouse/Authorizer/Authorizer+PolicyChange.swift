extension Authorizer {
    /// A change of the policy in force, or a change that was refused.
    public enum PolicyChange: Sendable {
        /// Another policy took the place of this one.
        case replaced(PolicyRevision, by: PolicyRevision)
        /// A reload failed, and the policy in force stays. Several failures for the same reason are told once.
        case refused(CurrentPolicy.ReloadFailure)
        /// A reload gave the policy that is in force, after a reload that failed.
        case confirmed(PolicyRevision)
    }
}
