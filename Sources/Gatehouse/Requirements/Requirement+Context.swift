extension Requirement {
    /// What a requirement is judged by.
    public struct Context: Sendable {
        /// Who asks; nil: nobody whom we know.
        public var principal: Principal?
        /// What it is about; nil: nothing in particular.
        public var resource: Resource?
        /// What else is known of what is done: a JSON object, which conditions find under `$action`.
        public var action: JSONValue
        /// What is known of the circumstances: a JSON object, which conditions find under `$context`.
        public var context: JSONValue
        /// What the path names by the route's placeholders, such as `organization` of `/orgs/:organization/invoices`.
        public var parameters: [String: String]
        /// Who decides on permissions.
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
