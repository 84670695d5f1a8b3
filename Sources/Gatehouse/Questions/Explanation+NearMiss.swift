extension Explanation {
    /// Something that nearly made a denied check an allowed one.
    public enum NearMiss: Sendable, Hashable {
        /// A role that is not held: with it, the check would be allowed.
        case role(String)
        /// A denial without which the check would be allowed: by a role, or by a rule and the role that brings it.
        case deny(role: String?, rule: String?)
        /// A rule that is about the principal: one that allows, and whose condition did not hold or was unknown; or one that
        /// denies, as its condition was unknown. `missing`: the paths in it that lead nowhere, such as `$resource.ownerID`.
        case condition(rule: String, role: String?, missing: [String])
    }
}
