/// The compiled rights of a list of roles under one policy, which all principals with exactly these roles share.
final class ResolvedRoles: Sendable {
    let engine: PolicyEngine
    /// The assignments, the policy's own assignments last.
    let assignments: [RoleAssignment]
    /// The number of assignments from outside the policy, such as from a membership source.
    let givenCount: Int
    /// The roles of a session, which count only if the principal has or inherits them; `nil` if all roles count.
    private let active: [String]?
    /// The limits of a delegated credential; `nil` if the credential does not limit its bearer.
    private let limits: [PermissionPattern]?
    /// The set of roles of every check; `nil` if the roles depend on the resource or the time.
    private let standing: RoleSet?
    private let standingNames: [String]
    let unownedView: UnownedView
    private let unnamed: Verdict?

    /// The engine's permissions and the standing verdicts on them, without ownership. The caller keeps the roles alive, and no reference is
    /// counted.
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
        // A credential with limits has no standing verdicts, since each check reads the limits.
        if limits != nil || assignments.contains(where: \.isBounded) {
            (standing, standingNames) = (nil, [])
        } else {
            let held = engine.effectiveRoles(assignments, active: active, on: nil, at: .distantPast)
            (standing, standingNames) = (engine.roleSet(held), held.names)
        }
        unownedView = UnownedView(
            engine: ObjectIdentifier(engine),
            permissions: engine.permissions.unownedView,
            // `standing` keeps its table alive, and the empty table lives for ever.
            verdicts: (standing?.verdicts ?? .empty).unownedView
        )
        unnamed = standing?.unnamed
    }

    /// The roles from outside the policy.
    var given: ArraySlice<RoleAssignment> { assignments[..<givenCount] }

    /// The resolved roles without a credential's limits.
    var withoutLimits: ResolvedRoles {
        guard limits != nil else { return self }
        let assigned = assignments[givenCount...]
        return ResolvedRoles(given: Array(given), assigned: Array(assigned), active: active, engine)
    }

    /// Returns the standing verdict on the permission with this id, where `nil` means a permission that the policy does not name. The
    /// result is `nil` if the verdict depends on more than the id.
    @inline(__always)
    func standingVerdict(_ id: Int?) -> Verdict? {
        guard let id else { return unnamed }
        return unownedView.verdicts[id]
    }

    /// Returns the verdict on the permission, for a member without further facts.
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

    /// Returns true if the roles include this role, itself or by inheritance. A role that the policy does not define counts if the
    /// principal has a role of that name. A delegated credential has no role, since a role is not limited to the permissions of a scope.
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
