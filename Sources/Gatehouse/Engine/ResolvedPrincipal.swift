/// What a principal may do under one policy, compiled: a check is a look at two bits and allocates nothing.
///
/// It keeps the engine that it was resolved with, so that each check sees one policy whole.
public final class ResolvedPrincipal: Sendable {
    /// The policy that decides.
    public let engine: PolicyEngine
    let principal: Principal
    /// Everything that the principal holds, the policy's own assignments included.
    private let assignments: [RoleAssignment]
    /// What is held in every check; nil where that depends on the resource or the time.
    private let standing: RoleSet?
    private let standingNames: [String]
    /// The engine's permissions, which `engine` keeps alive, and what is held in every check says of them: side by side,
    /// so that a check touches no reference count.
    private let permissions: NameTable.Probe
    private let verdicts: VerdictTable
    private let unnamed: Verdict?

    init(_ principal: Principal, holding assignments: [RoleAssignment], _ engine: PolicyEngine) {
        self.engine = engine
        self.principal = principal
        self.assignments = assignments
        if assignments.contains(where: \.isBounded) {
            (standing, standingNames) = (nil, [])
        } else {
            let held = engine.heldRoles(assignments, active: principal.activeRoles, on: nil, at: .distantPast)
            (standing, standingNames) = (engine.roleSet(held), held.names)
        }
        permissions = engine.permissions.probe
        verdicts = standing?.verdicts ?? .empty
        unnamed = standing?.unnamed
    }

    /// The same principal in a session in which only these roles are active, each if it is held or inherited.
    func activating(_ roles: [String]) -> ResolvedPrincipal {
        var principal = principal
        principal.activeRoles = roles
        return ResolvedPrincipal(principal, holding: assignments, engine)
    }

    /// Whether the principal may do this to nothing in particular.
    ///
    /// - Parameter time: When; asked for only where a role is held for a time.
    public func allows(_ permission: Permission, at time: @autoclosure () -> Timestamp) -> Bool {
        if let verdict = standingVerdict(permissions.id(of: permission)) { return verdict == .allowed }
        return verdict(on: permission, with: CheckDetails(), at: time) == .allowed
    }

    /// Whether the principal may do this to a resource, in these circumstances.
    ///
    /// - Parameters:
    ///   - resource: To what; nil: to nothing in particular.
    ///   - action: What else is known of what is done: a JSON object, which conditions find under `$action`.
    ///   - context: What is known of the circumstances: a JSON object, which conditions find under `$context`.
    ///   - time: When; asked for only where a role is held for a time or a resource.
    public func allows(
        _ permission: Permission,
        on resource: Resource?,
        action: JSONValue = [:],
        context: JSONValue = [:],
        at time: @autoclosure () -> Timestamp
    ) -> Bool {
        let details = CheckDetails(resource: resource, action: action, context: context)
        return verdict(on: permission, with: details, at: time) == .allowed
    }

    /// The same for a name as text; one that is malformed is denied.
    public func allows(_ name: String, at time: @autoclosure () -> Timestamp) -> Bool {
        if let id = permissions.id(of: name), let verdict = verdicts[id] { return verdict == .allowed }
        guard let permission = try? Permission(validating: name) else { return false }
        return verdict(on: permission, with: CheckDetails(), at: time) == .allowed
    }

    /// What the policy says of the permission.
    func verdict(
        on permission: Permission,
        with details: CheckDetails,
        at time: () -> Timestamp
    ) -> Verdict {
        let id = permissions.id(of: permission)
        if let verdict = standingVerdict(id) { return verdict }
        if let standing { return open(standing, standingNames, permission, id, details) }
        let held = heldRoles(on: details.resource?.resourceID, at: time())
        return open(engine.roleSet(held), held.names, permission, id, details)
    }

    /// What is held in every check says of the permission of this id, nil standing for one that the policy does not
    /// name; nil where it takes more than the id.
    @inline(__always)
    private func standingVerdict(_ id: Int?) -> Verdict? {
        guard let id else { return unnamed }
        return verdicts[id]
    }

    private func open(
        _ set: RoleSet,
        _ names: [String],
        _ permission: Permission,
        _ id: Int?,
        _ details: CheckDetails
    ) -> Verdict {
        let facts = engine.rules.isEmpty ? nil : facts(permission, details, roles: names)
        return set.verdict(on: permission, id: id, engine, facts)
    }

    /// Whether the principal holds the role, itself or by inheritance. One that the policy does not define counts
    /// where it is held by that name.
    public func holds(role: String, on resource: ResourceID? = nil, at time: Timestamp) -> Bool {
        let held = heldRoles(on: resource, at: time)
        if held.names.contains(where: { $0.hasSameBytes(as: role) }) { return true }
        guard let role = engine.roleNames.id(of: role) else { return false }
        return RoleWalk(from: held.defined, engine.roles).reached.contains(role)
    }

    private func heldRoles(on resource: ResourceID?, at time: Timestamp) -> HeldRoles {
        engine.heldRoles(assignments, active: principal.activeRoles, on: resource, at: time)
    }

    private func facts(_ permission: Permission, _ details: CheckDetails, roles: [String]) -> CheckFacts {
        CheckFacts(
            principal: principal.id,
            organization: principal.organization?.id,
            roles: roles,
            principalAttributes: details.principalAttributes ?? principal.attributes,
            resource: details.resource,
            permission: permission.name,
            action: details.action,
            context: details.context
        )
    }
}

/// What a check brings beside the principal and the permission.
struct CheckDetails {
    var resource: Resource?
    var action: JSONValue = [:]
    var context: JSONValue = [:]
    /// What is known of the principal now, where what was resolved was remembered; nil: what was resolved.
    var principalAttributes: JSONValue?
}
