/// Patterns that the role forbids, whatever else allows them.
public struct Denies: RolePart {
    private let patterns: [String]

    /// Forbids what these match.
    public init(_ patterns: String...) { self.init(patterns) }
    /// Forbids what these match.
    public init(_ patterns: [String]) { self.patterns = patterns }
    /// Forbids what these match.
    public init(_ permissions: Permission...) { self.init(permissions) }
    /// Forbids what these match.
    public init(_ permissions: [Permission]) { patterns = permissions.map(\.name) }

    public func add(to role: inout Role) { role.denies += patterns }
}
