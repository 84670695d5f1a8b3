/// Patterns that the role allows.
public struct Grants: RolePart {
    private let patterns: [String]

    /// Makes a part that allows the permissions that these patterns match.
    public init(_ patterns: String...) { self.init(patterns) }
    /// Makes a part that allows the permissions that these patterns match.
    public init(_ patterns: [String]) { self.patterns = patterns }
    /// Makes a part that allows these permissions.
    public init(_ permissions: Permission...) { self.init(permissions) }
    /// Makes a part that allows these permissions.
    public init(_ permissions: [Permission]) { patterns = permissions.map(\.name) }

    public func add(to role: inout Role) { role.grants += patterns }
}
