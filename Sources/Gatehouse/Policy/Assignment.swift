/// A principal that holds a role by the policy itself.
///
/// An id is unique only among the bearers of one type at one issuer, so an assignment names one type and one issuer.
public struct Assignment: Sendable, Hashable {
    /// The type of principals that assignments are about which name no other.
    public static let defaultType = "user"

    /// The principal's id, never `*` or `type:*`. A ``Rule`` for ``Rule/everyone`` says what everybody may do.
    public var principal: String
    /// The type of the principal, one segment, such as `user`, `machine` or `service`.
    public var type: String
    /// The issuer of the id, as ``Principal/issuer``; `nil` for the authorizer's own (``Authorizer/issuer``).
    public var issuer: String?
    /// The organization in which the assignment holds; `nil` if the assignment holds in every organization and without one.
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
