/// The review functions of INCITS 359 (section 6.1.4 and 6.2.2), over the policy's own assignments.
extension PolicyEngine {
    /// Returns everybody to whom the policy assigns the role itself, sorted by bytes.
    ///
    /// - Parameters:
    ///   - role: The name of the role, compared byte for byte.
    ///   - time: The time; `nil` to ignore the times of assignments.
    public func assignedUsers(of role: String, at time: Timestamp? = nil) -> [String] {
        users(at: time) { $0.hasSameBytes(as: role) }
    }

    /// Returns everybody to whom the policy assigns the role or a role that inherits it, sorted by bytes.
    public func authorizedUsers(of role: String, at time: Timestamp? = nil) -> [String] {
        guard let id = roleNames.id(of: role) else { return [] }
        var reaches = Array(repeating: false, count: roles.count)
        for heir in inheritedFirst { reaches[heir] = heir == id || roles[heir].inherits.contains { reaches[$0] } }
        return users(at: time) { name in roleNames.id(of: name).map { reaches[$0] } == true }
    }

    /// Returns the roles that the principal holds directly, those of its credential first.
    public func assignedRoles(of principal: Principal, on resource: ResourceID? = nil, at time: Timestamp) -> [String] {
        effectiveRoles(of: principal, on: resource, at: time).names
    }

    /// Returns the roles that the principal holds directly or by inheritance, in the order of the policy, followed by held roles that the
    /// policy does not define.
    public func authorizedRoles(of principal: Principal, on resource: ResourceID? = nil, at time: Timestamp) -> [String]
    {
        let held = effectiveRoles(of: principal, on: resource, at: time)
        let defined = RoleWalk(from: held.defined, roles).reached.sorted().map { policy.roles[$0].name }
        return defined + zip(held.names, held.ids).filter { $0.1 == nil }.map(\.0)
    }

    private func users(at time: Timestamp?, where isWanted: (String) -> Bool) -> [String] {
        let names = policy.assignments
            .filter { assignment in time.map { assignment.role.isInForce(at: $0) } ?? true }
            .filter { isWanted($0.role.role) }
            .map { ByteText($0.principal) }
        return Set(names).sorted().map(\.string)
    }
}
