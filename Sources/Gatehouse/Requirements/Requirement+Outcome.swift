extension Requirement {
    /// The outcome of a requirement for a request.
    public enum Outcome: Sendable, Hashable {
        /// The requirement is met.
        case allowed
        /// The requirement is not met. The reason is for logs, never for the client. If there is a reverification, only this step up is
        /// missing.
        case refused(String, reverification: Reverification? = nil)
        /// The request is anonymous.
        case unauthenticated
        /// The requirement could not be decided. The reason is for logs. `retryAfter` is the time after which another attempt may succeed,
        /// if known.
        case unavailable(String, retryAfter: Duration? = nil)
    }
}
