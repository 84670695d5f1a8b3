extension PolicyEngine {
    /// A permission that somebody has.
    public struct ListedPermission: Sendable, Hashable, Codable {
        /// The permission's name.
        public var permission: String
        /// True if the permission depends on the facts of a check.
        public var isConditional: Bool

        /// Makes an entry.
        public init(permission: String, isConditional: Bool = false) {
            self.permission = permission
            self.isConditional = isConditional
        }
    }
}
