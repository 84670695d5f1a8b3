extension Authorizer {
    /// Requires a permission inside a handler, such as on a resource that the handler has just loaded.
    ///
    /// ```swift
    /// try await authorizer.require("docs:edit", for: context.principal, on: Resource(type: "document", id: document.id))
    /// ```
    ///
    /// - Parameters:
    ///   - permission: The permission that is required.
    ///   - principal: The principal that asks; `nil` if nobody is known, which is refused.
    ///   - resource: The resource; `nil` for nothing in particular.
    ///   - action: Further facts of the action: a JSON object, which conditions find under `$action`.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    /// - Throws: ``AccessError`` if the principal lacks the permission, or the check is undecided: the host answers as a guard would.
    public func require(
        _ permission: Permission,
        for principal: Principal?,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:]
    ) async throws(AccessError) {
        let requirement = Requirement.permission(permission)
        try await require(requirement, for: principal, on: resource, action: action, context: context)
    }

    /// Requires a whole requirement inside a handler. A requirement about the path is refused, since the handler has already read the path.
    public func require(
        _ requirement: Requirement,
        for principal: Principal?,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:]
    ) async throws(AccessError) {
        let asked = Requirement.Context(
            principal: principal,
            resource: resource,
            action: action,
            context: context,
            authorizer: self
        )
        if let error = AccessError(await requirement.evaluate(asked)) { throw error }
    }
}
