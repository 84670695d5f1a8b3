/// A grant or denial for several roles at once, perhaps only under a condition.
///
/// ```swift
/// Rule("own-drafts", .allow, "org:documents:*", to: "org:member",
///     when: .equals("$resource.ownerID", "$principal.id"))
/// ```
public struct Rule: Sendable, Hashable {
    /// The effect of a rule that applies.
    public enum Effect: String, Sendable, CaseIterable {
        case allow
        case deny
    }

    /// The text that stands for every principal among ``roles``.
    public static let everyone = "*"

    /// The name by which reasons tell it; unique among the rules of a policy.
    public var id: String
    /// The effect if it applies.
    public var effect: Effect
    /// The roles to whose holders, direct or by inheritance, it applies; ``everyone`` stands for every principal.
    public var roles: [String]
    /// Patterns of what it allows or forbids.
    public var permissions: [String]
    /// The condition under which it applies; `nil` if it always does.
    ///
    /// An allow rule applies only where its condition is true; a deny rule also where it is unknown.
    public var condition: Condition?

    /// Makes a rule from its parts.
    public init(
        _ id: String,
        _ effect: Effect,
        permissions: [String],
        roles: [String],
        when condition: Condition? = nil
    ) {
        self.id = id
        self.effect = effect
        self.permissions = permissions
        self.roles = roles
        self.condition = condition
    }

    /// Makes a rule; the roles are those to which it applies.
    public init(
        _ id: String,
        _ effect: Effect,
        _ permissions: String...,
        to roles: String...,
        when condition: Condition? = nil
    ) {
        self.init(id, effect, permissions: permissions, roles: roles, when: condition)
    }
}
