/// Roles whose grants and denials this role has as well.
public struct Inherits: RolePart {
    private let roles: [String]

    /// Inherits these roles.
    public init(_ roles: String...) { self.init(roles) }
    /// Inherits these roles.
    public init(_ roles: [String]) { self.roles = roles }

    public func add(to role: inout Role) { role.inherits += roles }
}
