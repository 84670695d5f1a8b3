extension PolicyEngine {
    /// A role that gives a permission to whoever holds it and nothing else.
    public struct ListedRole: Sendable, Hashable, Codable {
        /// Its name.
        public var role: String
        /// True if it depends on what a check brings with it.
        public var isConditional: Bool

        /// Makes an entry.
        public init(role: String, isConditional: Bool = false) {
            self.role = role
            self.isConditional = isConditional
        }
    }
}
