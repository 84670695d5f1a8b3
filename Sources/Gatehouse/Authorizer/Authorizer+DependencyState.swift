extension Authorizer {
    /// The state of something that an authorizer relies on.
    public enum DependencyState: Sendable, Hashable {
        /// It does.
        case working
        /// It does not, for this reason.
        case failing(reason: String)
    }
}
