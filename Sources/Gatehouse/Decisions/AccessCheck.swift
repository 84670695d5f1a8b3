/// A question: may this principal do this, to this resource, at this time?
public struct AccessCheck: Sendable {
    /// The principal of the check.
    public var principal: Principal
    /// The permission of the check.
    public var permission: Permission
    /// The resource; `nil` for nothing in particular.
    public var resource: Resource?
    /// The other facts of the action: a JSON object, which conditions find under `$action`.
    public var action: JSONValue
    /// The circumstances: a JSON object, which conditions find under `$context`.
    public var context: JSONValue
    /// The time of the check, for roles that are bounded in time.
    public var time: Timestamp

    /// Makes a question.
    public init(
        _ permission: Permission,
        by principal: Principal,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:],
        at time: Timestamp
    ) {
        self.principal = principal
        self.permission = permission
        self.resource = resource
        self.action = action
        self.context = context
        self.time = time
    }
}
