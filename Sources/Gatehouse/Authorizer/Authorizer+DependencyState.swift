extension Authorizer {
    /// Whether something that an authorizer relies on works.
    public enum DependencyState: Sendable, Hashable {
        /// It does.
        case working
        /// It does not, for this reason.
        case failing(reason: String)
    }
}
