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

    /// The name of the rule in reasons, unique among the rules of a policy.
    public var id: String
    /// The effect of the rule if it applies.
    public var effect: Effect
    /// The roles that the rule applies to, held directly or by inheritance; ``everyone`` stands for every principal.
    public var roles: [String]
    /// The patterns of the permissions that the rule allows or forbids.
    public var permissions: [String]
    /// The condition under which the rule applies; `nil` if the rule always applies.
    ///
    /// An allow rule applies only if its condition is true. A deny rule also applies if its condition is unknown.
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

    /// Makes a rule for these roles.
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
