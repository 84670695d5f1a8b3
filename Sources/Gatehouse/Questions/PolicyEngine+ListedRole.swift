extension PolicyEngine {
    /// A role that gives a permission to a holder of this role alone.
    public struct ListedRole: Sendable, Hashable, Codable {
        /// The role's name.
        public var role: String
        /// True if the permission depends on the facts of a check.
        public var isConditional: Bool

        /// Makes an entry.
        public init(role: String, isConditional: Bool = false) {
            self.role = role
            self.isConditional = isConditional
        }
    }
}
