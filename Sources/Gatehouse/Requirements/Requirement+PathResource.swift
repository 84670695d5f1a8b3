extension Requirement {
    /// A resource that the path of a request names.
    ///
    /// ```swift
    /// let requirement: Requirement = .permission("org:invoices:read", on: .path("invoice", "id"))  // of /invoices/:id
    /// ```
    public struct PathResource: Sendable, Hashable {
        /// The resource's type, one segment such as `invoice`.
        public var type: String
        /// The placeholder of the route that holds the resource's id, such as `id` of `/invoices/:id`.
        public var parameter: String
        /// The attributes of the resource that the route knows: a JSON object, which conditions find under `$resource`. A handler that
        /// knows more attributes asks the authorizer itself.
        public var attributes: JSONValue

        /// Makes a resource that the path names.
        public init(type: String, parameter: String, attributes: JSONValue = [:]) {
            self.type = type
            self.parameter = parameter
            self.attributes = attributes
        }

        /// Returns a resource of this type, with its id in this placeholder of the path.
        public static func path(
            _ type: String,
            _ parameter: String,
            attributes: JSONValue = [:]
        ) -> PathResource {
            PathResource(type: type, parameter: parameter, attributes: attributes)
        }

        /// Returns the resource with its id from the path.
        ///
        /// - Parameter parameters: The texts of the path's placeholders.
        func named(by parameters: [String: String]) -> Resource {
            Resource(type: type, id: parameters[parameter], attributes: attributes)
        }
    }
}
