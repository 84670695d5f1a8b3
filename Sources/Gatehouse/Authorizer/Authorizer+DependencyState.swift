extension Authorizer {
    /// The state of a dependency of an authorizer.
    public enum DependencyState: Sendable, Hashable {
        /// The dependency works.
        case working
        /// The dependency fails, for this reason.
        case failing(reason: String)
    }
}
