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

        /// Makes a resource that the path names.
        public init(type: String, parameter: String) {
            self.type = type
            self.parameter = parameter
        }

        /// A resource of this type, whose id the path has in this placeholder.
        public static func path(_ type: String, _ parameter: String) -> PathResource {
            PathResource(type: type, parameter: parameter)
        }
    }
}
