/// A named set of grants and denials.
public struct Role: Sendable, Hashable {
    /// The name, shaped like a permission's, such as `org:admin`.
    public var name: String
    /// The purpose.
    public var description: String?
    /// The roles of which it has everything, denials included.
    public var inherits: [String]
    /// Patterns of what it allows.
    public var grants: [String]
    /// Patterns of what it forbids, whatever else allows it.
    public var denies: [String]

    /// Makes a role from its parts.
    public init(
        _ name: String,
        description: String? = nil,
        inherits: [String] = [],
        grants: [String] = [],
        denies: [String] = []
    ) {
        self.name = name
        self.description = description
        self.inherits = inherits
        self.grants = grants
        self.denies = denies
    }
}
