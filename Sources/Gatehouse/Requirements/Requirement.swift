/// What a request must fulfil: one value, so that the same tree can be written in Swift and in a file.
///
/// ```swift
/// let requirement: Requirement = .allOf(.permission("org:invoices:read"), .not(.role("org:suspended")))
/// ```
///
/// An empty `allOf` or `anyOf` refuses. `not` swaps allowed and refused and leaves the other outcomes alone.
public indirect enum Requirement: Sendable {
    /// The principal holds the permission.
    case permission(Permission)
    /// The principal holds the role, itself or by inheritance. A delegated credential holds none: no scope limits what a role stands for.
    case role(String)
    /// The credential is of one of these kinds.
    case tokenKind(Set<Principal.TokenKind>)
    /// Every one of them is met.
    case allOf([Requirement])
    /// At least one of them is met.
    case anyOf([Requirement])
    /// The requirement is not met.
    case not(Requirement)
    /// Whatever the closure says. The name is for logs. Under `not` it may be called twice for a delegated credential: see
    /// ``evaluate(_:)``.
    case custom(String, @Sendable (RequirementContext) async -> Outcome)

    /// The credential is of one of these kinds.
    public static func tokenKind(_ kinds: Principal.TokenKind...) -> Requirement { .tokenKind(Set(kinds)) }

    /// Every one of them is met.
    public static func allOf(_ requirements: Requirement...) -> Requirement { .allOf(requirements) }

    /// At least one of them is met.
    public static func anyOf(_ requirements: Requirement...) -> Requirement { .anyOf(requirements) }
}

/// What a requirement is judged by.
public struct RequirementContext: Sendable {
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
