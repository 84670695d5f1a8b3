extension Authorizer {
    /// Asks, inside a handler, for a permission that only the handler can ask for, as to a resource that it has just loaded.
    ///
    /// ```swift
    /// try await authorizer.require("docs:edit", for: context.principal, on: Resource(type: "document", id: document.id))
    /// ```
    ///
    /// - Parameters:
    ///   - permission: The permission that is asked for.
    ///   - principal: Who asks; `nil` if nobody is known, which is refused.
    ///   - resource: To what; `nil` if to nothing in particular.
    ///   - action: What else is known of what is done: a JSON object, which conditions find under `$action`.
    ///   - context: What is known of the circumstances: a JSON object, which conditions find under `$context`.
    /// - Throws: ``AccessError`` where it may not be done or could not be decided: the host answers as a guard would.
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

    /// The same for a whole requirement. One that is about the path is refused: a handler has read it already.
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
