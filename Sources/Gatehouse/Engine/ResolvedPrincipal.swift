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
    }

    /// Whether the principal may do this to nothing in particular.
    ///
    /// - Parameter time: When; asked for only where a role is held for a time.
    public func allows(_ permission: Permission, at time: @autoclosure () -> Timestamp) -> Bool {
        if let verdict = standing?.verdict(id: engine.permissions.id(of: permission)) { return verdict == .allowed }
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
        let id = name.withUTF8Bytes { engine.permissions.id(of: $0, hash: ByteHash.unkeyed.hash($0)) }
        if let id, let verdict = standing?.verdict(id: id) { return verdict == .allowed }
        guard let permission = try? Permission(validating: name) else { return false }
        return verdict(on: permission, with: CheckDetails(), at: time) == .allowed
    }

    /// What the policy says of the permission.
    func verdict(
        on permission: Permission,
        with details: CheckDetails,
        at time: () -> Timestamp
    ) -> Verdict {
        let id = engine.permissions.id(of: permission)
        if let standing {
            return standing.verdict(on: permission, id: id, engine) {
                facts(permission, details, roles: standingNames)
            }
        }
        let held = heldRoles(on: details.resource?.resourceID, at: time())
        return engine.roleSet(held).verdict(on: permission, id: id, engine) {
            facts(permission, details, roles: held.names)
        }
    }

    /// Whether the principal holds the role, itself or by inheritance. One that the policy does not define counts
    /// where it is held by that name.
    public func holds(role: String, on resource: ResourceID? = nil, at time: Timestamp) -> Bool {
        let held = heldRoles(on: resource, at: time)
        if held.names.contains(where: { $0.hasSameBytes(as: role) }) { return true }
        guard let role = engine.roleNames.id(of: role) else { return false }
        return Inheritance(from: held.defined, engine.roles).contains(role)
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
