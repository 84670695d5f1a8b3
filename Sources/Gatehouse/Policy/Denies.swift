/// Patterns that the role forbids, whatever else allows them.
public struct Denies: RolePart {
    private let patterns: [String]

    /// Makes a part that forbids the permissions that these patterns match.
    public init(_ patterns: String...) { self.init(patterns) }
    /// Makes a part that forbids the permissions that these patterns match.
    public init(_ patterns: [String]) { self.patterns = patterns }
    /// Makes a part that forbids these permissions.
    public init(_ permissions: Permission...) { self.init(permissions) }
    /// Makes a part that forbids these permissions.
    public init(_ permissions: [Permission]) { patterns = permissions.map(\.name) }

    public func add(to role: inout Role) { role.denies += patterns }
}
