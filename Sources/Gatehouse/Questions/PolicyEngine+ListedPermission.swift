extension PolicyEngine {
    /// A permission that somebody has.
    public struct ListedPermission: Sendable, Hashable, Codable {
        /// Its name.
        public var permission: String
        /// True if it depends on what a check brings with it.
        public var isConditional: Bool

        /// Makes an entry.
        public init(permission: String, isConditional: Bool = false) {
            self.permission = permission
            self.isConditional = isConditional
        }
    }
}
