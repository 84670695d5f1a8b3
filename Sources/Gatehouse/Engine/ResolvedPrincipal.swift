/// What a principal may do under one policy, compiled: a check is a bit test and allocates nothing.
///
/// It keeps the engine that it was resolved with, so that each check sees one policy whole.
public final class ResolvedPrincipal: Sendable {
    /// The policy that decides.
    public let engine: PolicyEngine
    private let held: [RoleAssignment]
    /// The roles that hold always.
    private let standing: RoleSet
    /// The roles that hold for a resource or a time only.
    private let bounded: [(assignment: RoleAssignment, set: RoleSet)]

    init(
        engine: PolicyEngine,
        held: [RoleAssignment],
        standing: RoleSet,
        bounded: [(assignment: RoleAssignment, set: RoleSet)]
    ) {
        self.engine = engine
        self.held = held
        self.standing = standing
        self.bounded = bounded
    }

    /// Whether the principal may do this. A denial by any held role counts more than every grant.
    ///
    /// - Parameter time: When; asked for only where a role is held for a time or a resource.
    public func allows(
        _ permission: Permission,
        on resource: ResourceID? = nil,
        at time: @autoclosure () -> Timestamp
    ) -> Bool {
        allows(permission, id: engine.permissions.id(of: permission), on: resource, at: time)
    }

    /// The same for a name as text; one that is malformed is denied.
    public func allows(
        _ name: String,
        on resource: ResourceID? = nil,
        at time: @autoclosure () -> Timestamp
    ) -> Bool {
        let id = name.withUTF8Bytes { engine.permissions.id(of: $0, hash: ByteHash.unkeyed.hash($0)) }
        if let id, bounded.isEmpty { return standing.allows(id) }
        guard let permission = try? Permission(validating: name) else { return false }
        return allows(permission, id: id, on: resource, at: time)
    }

    private func allows(
        _ permission: Permission,
        id: Int?,
        on resource: ResourceID?,
        at time: () -> Timestamp
    ) -> Bool {
        if bounded.isEmpty, let id { return standing.allows(id) }
        let verdict = verdict(on: permission, id: id, for: resource, at: time)
        return verdict.isGranted && !verdict.isDenied
    }

    /// Whether anything grants and anything denies the permission.
    func verdict(
        on permission: Permission,
        for resource: ResourceID?,
        at time: @autoclosure () -> Timestamp
    ) -> Verdict {
        verdict(on: permission, id: engine.permissions.id(of: permission), for: resource, at: time)
    }

    private func verdict(
        on permission: Permission,
        id: Int?,
        for resource: ResourceID?,
        at time: () -> Timestamp
    ) -> Verdict {
        var verdict = standing.verdict(on: permission, id: id)
        guard !bounded.isEmpty else { return verdict }
        let now = time()
        for (assignment, set) in bounded where assignment.holds(for: resource, at: now) {
            let other = set.verdict(on: permission, id: id)
            verdict.isGranted = verdict.isGranted || other.isGranted
            verdict.isDenied = verdict.isDenied || other.isDenied
        }
        return verdict
    }

    /// Whether the principal holds the role, itself or by inheritance. One that the policy does not define counts
    /// where it is held by that name.
    public func holds(role: String, on resource: ResourceID? = nil, at time: Timestamp) -> Bool {
        let active = held.filter { $0.holds(for: resource, at: time) }
        if active.contains(where: { $0.role.hasSameBytes(as: role) }) { return true }
        guard let role = engine.index[role] else { return false }
        return Inheritance(from: active.compactMap { engine.index[$0.role] }, engine.roles).reached.contains(role)
    }
}
