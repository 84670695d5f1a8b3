/// One question: may this principal do this, to this resource, at this time?
public struct AccessCheck: Sendable {
    /// Who asks.
    public var principal: Principal
    /// What for.
    public var permission: Permission
    /// To what; nil: to nothing in particular.
    public var resource: Resource?
    /// What else is known of what is done: a JSON object, which conditions find under `$action`.
    public var action: JSONValue
    /// What is known of the circumstances: a JSON object, which conditions find under `$context`.
    public var context: JSONValue
    /// When, for roles that are held for a time only.
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
