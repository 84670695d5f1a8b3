/// A named set of grants and denials.
public struct Role: Sendable, Hashable {
    /// The name, shaped like a permission's, such as `org:admin`.
    public var name: String
    /// The purpose.
    public var description: String?
    /// The roles whose grants and denials this role has as well.
    public var inherits: [String]
    /// The patterns of the permissions that the role allows.
    public var grants: [String]
    /// The patterns of the permissions that the role forbids, whatever else allows them.
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
