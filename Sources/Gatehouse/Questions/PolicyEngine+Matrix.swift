extension PolicyEngine {
    /// Which role, held alone, may do what.
    public func matrix() -> PolicyMatrix {
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
