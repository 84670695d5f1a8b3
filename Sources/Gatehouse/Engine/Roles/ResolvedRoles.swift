/// The rights that a list of held roles gives under one policy, compiled: shared by everybody who holds just these.
final class ResolvedRoles: Sendable {
    let engine: PolicyEngine
    /// Everything that is held, the policy's own assignments last.
    let assignments: [RoleAssignment]
    /// The number of those from outside the policy, as from a membership source.
    let givenCount: Int
    /// The roles of a session, of which only those that are held or inherited count; `nil` if all count.
    private let active: [String]?
    /// The most that a delegated credential may do; `nil` if the credential does not limit its bearer.
    private let limits: [PermissionPattern]?
    /// The roles that are held in every check; `nil` if that depends on the resource or the time.
    private let standing: RoleSet?
    private let standingNames: [String]
    let unownedView: UnownedView
    private let unnamed: Verdict?

    /// The engine's permissions and what is held in every check says of them, without ownership: for whoever keeps the roles alive
    /// beside it, and counts no reference.
    struct UnownedView: Sendable {
        let engine: ObjectIdentifier
        let permissions: NameTable.UnownedView
        let verdicts: VerdictTable.UnownedView
    }

    init(
        given: [RoleAssignment],
        assigned: [RoleAssignment],
        active: [String]? = nil,
        limits: [PermissionPattern]? = nil,
        _ engine: PolicyEngine
    ) {
        self.engine = engine
        self.active = active
        self.limits = limits
        assignments = given + assigned
        givenCount = given.count
        // No verdict stands where a credential has limits: each check looks at them.
        if limits != nil || assignments.contains(where: \.isBounded) {
            (standing, standingNames) = (nil, [])
        } else {
            let held = engine.effectiveRoles(assignments, active: active, on: nil, at: .distantPast)
            (standing, standingNames) = (engine.roleSet(held), held.names)
        }
        unownedView = UnownedView(
            engine: ObjectIdentifier(engine),
            permissions: engine.permissions.unownedView,
            // `standing` keeps its table alive, and the empty one lives for ever.
            verdicts: (standing?.verdicts ?? .empty).unownedView
        )
        unnamed = standing?.unnamed
    }

    /// The roles from outside the policy.
    var given: ArraySlice<RoleAssignment> { assignments[..<givenCount] }

    /// These roles, held without a credential's limits.
    var withoutLimits: ResolvedRoles {
        guard limits != nil else { return self }
        let assigned = assignments[givenCount...]
        return ResolvedRoles(given: Array(given), assigned: Array(assigned), active: active, engine)
    }

    /// Returns the verdict of the roles that are held in every check on the permission of this id, `nil` standing for one that the policy
    /// does not name; `nil` if it takes more than the id.
    @inline(__always)
    func standingVerdict(_ id: Int?) -> Verdict? {
        guard let id else { return unnamed }
        return unownedView.verdicts[id]
    }

    /// Returns the verdict on the permission, for a member of whom nothing else is known.
    func verdict(
        on permission: Permission,
        of member: Member,
        with details: CheckDetails,
        at time: () -> Timestamp
    ) -> Verdict {
        if let verdict = standingVerdict(unownedView.permissions.id(of: permission)) { return verdict }
        return verdict(on: permission, of: Principal(member), with: details, at: time)
    }

    /// Returns the verdict on the permission.
    func verdict(
        on permission: Permission,
        of principal: Principal,
        with details: CheckDetails,
        at time: () -> Timestamp
    ) -> Verdict {
        let id = unownedView.permissions.id(of: permission)
        if let verdict = standingVerdict(id) { return verdict }
        if let standing { return evaluate(standing, standingNames, permission, id, principal, details) }
        if let limits, !limits.contains(where: { $0.matches(permission) }) { return .denied }
        let held = effectiveRoles(on: details.resource?.resourceID, at: time())
        return evaluate(engine.roleSet(held), held.names, permission, id, principal, details)
    }

    private func evaluate(
        _ set: RoleSet,
        _ names: [String],
        _ permission: Permission,
        _ id: Int?,
        _ principal: Principal,
        _ details: CheckDetails
    ) -> Verdict {
        let facts = engine.rules.isEmpty ? nil : CheckFacts(principal, permission, details, roles: names)
        return set.verdict(on: permission, id: id, engine, facts)
    }

    /// Returns true if the role is held, itself or by inheritance. One that the policy does not define counts where it is held by that
    /// name. A delegated credential holds no role: a role is not limited to what a scope stands for.
    func holds(role: String, on resource: ResourceID?, at time: Timestamp) -> Bool {
        if limits != nil { return false }
        let held = effectiveRoles(on: resource, at: time)
        if held.names.contains(where: { $0.hasSameBytes(as: role) }) { return true }
        guard let role = engine.roleNames.id(of: role) else { return false }
        return RoleWalk(from: held.defined, engine.roles).reached.contains(role)
    }

    func effectiveRoles(on resource: ResourceID?, at time: Timestamp) -> EffectiveRoles {
        engine.effectiveRoles(assignments, active: active, on: resource, at: time)
    }
}
