extension Requirement {
    /// The facts by which a requirement is judged.
    public struct Context: Sendable {
        /// The principal of the request; `nil` if the request is anonymous.
        public var principal: Principal?
        /// The resource; `nil` for nothing in particular.
        public var resource: Resource?
        /// The other facts of the action: a JSON object, which conditions find under `$action`.
        public var action: JSONValue
        /// The circumstances: a JSON object, which conditions find under `$context`.
        public var context: JSONValue
        /// The texts of the route's placeholders in the path, such as `organization` of `/orgs/:organization/invoices`.
        public var parameters: [String: String]
        /// The authorizer that decides on permissions.
        public var authorizer: Authorizer

        /// Makes a context.
        public init(
            principal: Principal?,
            resource: Resource? = nil,
            action: JSONValue = [:],
            context: JSONValue = [:],
            parameters: [String: String] = [:],
            authorizer: Authorizer
        ) {
            self.principal = principal
            self.resource = resource
            self.action = action
            self.context = context
            self.parameters = parameters
            self.authorizer = authorizer
        }
    }
}
