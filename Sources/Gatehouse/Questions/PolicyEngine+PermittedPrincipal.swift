extension PolicyEngine {
    /// Somebody who has a permission by the policy's own assignments, and where.
    public struct PermittedPrincipal: Sendable, Hashable {
        /// The principal's id; ``Rule/everyone`` stands for anybody, who needs no role.
        public var principal: String
        /// The principal's type, as assignments name it; `nil` for anybody.
        public var type: String?
        /// The principal's issuer, as assignments name it; `nil` for the authorizer's own.
        public var issuer: String?
        /// The organization; `nil` for every one and for none, but for those where another assignment of the principal's
        /// own takes it away.
        public var organization: String?
        /// The resource; `nil` for all of them, likewise.
        public var resource: ResourceID?
        /// True if it depends on what a check brings with it.
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
