/// Patterns that the role allows.
public struct Grants: RolePart {
    private let patterns: [String]

    /// Allows what these match.
    public init(_ patterns: String...) { self.init(patterns) }
    /// Allows what these match.
    public init(_ patterns: [String]) { self.patterns = patterns }
    /// Allows what these match.
    public init(_ permissions: Permission...) { self.init(permissions) }
    /// Allows what these match.
    public init(_ permissions: [Permission]) { patterns = permissions.map(\.name) }

    public func add(to role: inout Role) { role.grants += patterns }
}
