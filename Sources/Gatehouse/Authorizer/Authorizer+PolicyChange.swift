extension Authorizer {
    /// A change of the policy in force, or a change that was refused.
    public enum PolicyChange: Sendable {
        /// Another policy took the place of this one.
        case replaced(PolicyRevision, by: PolicyRevision)
        /// A reload failed, and the policy of before stays in force. Told once of several that failed for the same reason.
        case refused(CurrentPolicy.ReloadFailure)
        /// A reload gave the policy that is in force already, after one that failed.
        case confirmed(PolicyRevision)
    }
}
