/// A part of a role that is written in Swift.
public protocol RolePart {
    /// Adds the part to the role.
    func add(to role: inout Role)
}

/// Collects the parts of a role that is written in Swift.
@resultBuilder
public enum RoleBuilder {
    public static func buildExpression(_ part: any RolePart) -> [any RolePart] { [part] }
    public static func buildBlock(_ parts: [any RolePart]...) -> [any RolePart] { parts.flatMap { $0 } }
    public static func buildArray(_ parts: [[any RolePart]]) -> [any RolePart] { parts.flatMap { $0 } }
    public static func buildOptional(_ parts: [any RolePart]?) -> [any RolePart] { parts ?? [] }
    public static func buildEither(first parts: [any RolePart]) -> [any RolePart] { parts }
    public static func buildEither(second parts: [any RolePart]) -> [any RolePart] { parts }
}

/// Roles of which this one has everything.
public struct Inherits: RolePart {
    private let roles: [String]
    public init(_ roles: String...) { self.roles = roles }
    public func add(to role: inout Role) { role.inherits += roles }
}

/// Patterns that the role allows.
public struct Grants: RolePart {
    private let patterns: [String]
    public init(_ patterns: String...) { self.patterns = patterns }
    public init(_ permissions: Permission...) { patterns = permissions.map(\.name) }
    public func add(to role: inout Role) { role.grants += patterns }
}

/// Patterns that the role forbids, whatever else allows them.
public struct Denies: RolePart {
    private let patterns: [String]
    public init(_ patterns: String...) { self.patterns = patterns }
    public init(_ permissions: Permission...) { patterns = permissions.map(\.name) }
    public func add(to role: inout Role) { role.denies += patterns }
}
