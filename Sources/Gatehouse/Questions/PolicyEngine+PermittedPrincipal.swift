extension PolicyEngine {
    /// A principal that has a permission by the policy's own assignments, and the place where it has the permission.
    public struct PermittedPrincipal: Sendable, Hashable {
        /// The principal's id; ``Rule/everyone`` stands for everybody, with no role needed.
        public var principal: String
        /// The principal's type, as assignments name it; `nil` for everybody.
        public var type: String?
        /// The principal's issuer, as assignments name it; `nil` for the authorizer's own.
        public var issuer: String?
        /// The organization; `nil` if the permission holds in every organization and without one, except for organizations in which another
        /// assignment of the principal takes the permission away.
        public var organization: String?
        /// The resource; `nil` if the permission holds for every resource, with the same exceptions.
        public var resource: ResourceID?
        /// True if the permission depends on the facts of a check.
        public var isConditional: Bool

        /// Makes a permitted principal.
        public init(
            principal: String,
            type: String? = nil,
            issuer: String? = nil,
            organization: String? = nil,
            resource: ResourceID? = nil,
            isConditional: Bool = false
        ) {
            self.principal = principal
            self.type = type
            self.issuer = issuer
            self.organization = organization
            self.resource = resource
            self.isConditional = isConditional
        }
    }
}
