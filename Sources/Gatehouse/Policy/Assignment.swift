/// A principal that holds a role by the policy's own word.
///
/// An id is unique at its issuer and among bearers of its type alone, so an assignment is about one of each.
public struct Assignment: Sendable, Hashable {
    /// The type of principals that assignments are about which name no other.
    public static let defaultType = "user"

    /// The principal's id; never `*` or `type:*`, which no id means: what everybody may do, a ``Rule`` for ``Rule/everyone`` says.
    public var principal: String
    /// The type of the principal, one segment, such as `user`, `machine` or `service`.
    public var type: String
    /// The issuer of the id, as ``Principal/issuer``; `nil` for the authorizer's own (``Authorizer/issuer``).
    public var issuer: String?
    /// The organization in which it holds; `nil` for every one and for none.
    public var organization: String?
    /// The role and its bounds.
    public var role: RoleAssignment

    /// Makes an assignment.
    public init(
        _ role: RoleAssignment,
        to principal: String,
        in organization: String? = nil,
        type: String = Self.defaultType,
        issuer: String? = nil
    ) {
        self.principal = principal
        self.type = type
        self.issuer = issuer
        self.organization = organization
        self.role = role
    }
}
