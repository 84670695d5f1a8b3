extension Requirement {
    /// The outcome of a requirement for a request.
    public enum Outcome: Sendable, Hashable {
        /// It is met.
        case allowed
        /// It is not met, and why: for logs, never for the client. With a reverification nothing is missing but that the user proves who
        /// they are once more.
        case refused(String, reverification: Reverification? = nil)
        /// There is no principal of whom to judge it.
        case unauthenticated
        /// It could not be decided, and why: for logs. `retryAfter` says when that may be over, if known.
        case unavailable(String, retryAfter: Duration? = nil)
    }
}
