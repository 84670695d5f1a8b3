extension Requirement {
    /// The outcome of a requirement for a request.
    public enum Outcome: Sendable, Hashable {
        /// The requirement is met.
        case allowed
        /// The requirement is not met. The reason is for logs, never for the client. With a reverification nothing else is missing but that
        /// the user passes it.
        case refused(String, reverification: Reverification? = nil)
        /// No principal is known.
        case unauthenticated
        /// The requirement could not be decided. The reason is for logs. `retryAfter` is the time after which another attempt may succeed,
        /// if known.
        case unavailable(String, retryAfter: Duration? = nil)
    }
}
