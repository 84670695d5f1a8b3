/// Which role, held alone, may do what: a table for people to read.
public struct PolicyMatrix: Sendable, Hashable {
    /// What a role, held alone, may do.
    public enum Cell: String, Sendable, CaseIterable {
        /// Allowed, whatever a check brings with it.
        case allow
        /// Never allowed, since something denies it whatever a check brings with it.
        case deny
        /// It depends on what a check brings with it.
        case conditional
        /// Never allowed, since nothing allows it.
        case none = ""
    }

    /// The roles, in the order of the policy.
    public let roles: [String]
    /// The permissions that the policy names, sorted by bytes.
    public let permissions: [String]
    /// A row for each permission, a cell for each role.
    public let rows: [[Cell]]
}

extension PolicyEngine {
    /// Which role, held alone, may do what.
    public var matrix: PolicyMatrix {
        let sets = roles.indices.map { roleSet([$0]) }
        let rows = permissionNames.enumerated().map { id, name in
            let permission = Permission(wellFormed: name)
            return sets.map { set -> PolicyMatrix.Cell in
                switch set.possibility(of: permission, id: id, self) {
                case .always: .allow
                case .conditional: .conditional
                case .never: set.deniesAlways(id) ? .deny : .none
                }
            }
        }
        return PolicyMatrix(roles: policy.roles.map(\.name), permissions: permissionNames, rows: rows)
    }
}
