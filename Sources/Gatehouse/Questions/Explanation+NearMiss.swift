extension Explanation {
    /// A change after which a denied check might be allowed.
    public enum NearMiss: Sendable, Hashable {
        /// The principal does not hold this role. With the role, the check would be allowed.
        case role(String)
        /// A denial without which the check would be allowed: a role's own denial, or a rule and the role through which it applies.
        case deny(role: String?, rule: String?)
        /// A rule about the principal: an allow rule whose condition was not true, or a deny rule whose condition was unknown. `missing`
        /// holds the attribute paths of the condition that lead nowhere, such as `$resource.ownerID`.
        case condition(rule: String, role: String?, missing: [String])
    }
}
