/// The roles that are held for one check, each once: those of the check in their order, then those of the policy.
struct EffectiveRoles: Sendable {
    /// The names of the roles, as conditions see them.
    private(set) var names: [String] = []
    /// The ids of the policy's roles; `nil` for a role that the policy does not define.
    private(set) var ids: [Int?] = []

    init(_ names: some Sequence<String>, _ roles: NameTable) {
        var seen: Set<ByteText> = []
        for name in names where seen.insert(ByteText(name)).inserted {
            self.names.append(name)
            ids.append(roles.id(of: name))
        }
    }

    var defined: [Int] { ids.compactMap(\.self) }
}

extension PolicyEngine {
    /// Returns the roles of this list that hold for a check.
    ///
    /// - Parameter active: the roles of a session: only those count, each if it is held or inherited; `nil` if all count.
    func effectiveRoles(
        _ assignments: [RoleAssignment],
        active: [String]?,
        on resource: ResourceID?,
        at time: Timestamp
    ) -> EffectiveRoles {
        let names = assignments.lazy.filter { $0.holds(for: resource, at: time) }.map(\.role)
        let held = EffectiveRoles(names, roleNames)
        guard let active else { return held }
        let authorized = Set(RoleWalk(from: held.defined, roles).reached)
        let direct = Set(held.names.map { ByteText($0) })
        return EffectiveRoles(
            active.filter { name in
                direct.contains(ByteText(name)) || roleNames.id(of: name).map(authorized.contains) == true
            },
            roleNames
        )
    }

    /// Returns the roles that count for a principal: those that its credential carries, then those that the policy assigns.
    func roleAssignments(of principal: Principal, ownIssuer: String?) -> [RoleAssignment] {
        if principal.holdsNothing { return [] }
        let assignee = Assignee(principal, ownIssuer: ownIssuer)
        return principal.roles + assignments.roles(of: assignee, in: principal.organization?.id)
    }

    /// Returns the roles that a principal holds for a check.
    ///
    /// - Parameter ownIssuer: whose principals assignments without an issuer are about, as ``Assignee`` has it.
    func effectiveRoles(
        of principal: Principal,
        ownIssuer: String? = nil,
        on resource: ResourceID?,
        at time: Timestamp
    ) -> EffectiveRoles {
        let assignments = roleAssignments(of: principal, ownIssuer: ownIssuer)
        return effectiveRoles(assignments, active: principal.activeRoles, on: resource, at: time)
    }
}
