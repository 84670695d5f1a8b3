import Synchronization

/// The lists of roles that were resolved under one policy, each once. There are far fewer distinct lists than members. The table is
/// bounded, so that memberships with ever new lists cannot fill memory.
final class ResolvedRolesTable: Sendable {
    private static let maximumCount = 4_096

    private struct List: Hashable {
        var given: [RoleAssignment]
        var assigned: [RoleAssignment]
    }

    private struct State {
        /// The engine that resolved these lists; `nil` before the first list. Lists of another policy are removed when a list of this
        /// policy comes.
        var engine: PolicyEngine?
        var lists: [List: ResolvedRoles] = [:]
    }

    private let state = Mutex(State())

    /// The number of lists.
    var count: Int { state.withLock { $0.lists.count } }

    /// Returns the roles of a member under a policy, which adds its own assignments.
    ///
    /// - Parameters:
    ///   - given: The roles from outside the policy.
    ///   - ownIssuer: The issuer of the members to whom assignments without an issuer apply.
    func roles(
        _ given: [RoleAssignment],
        of member: Member,
        ownIssuer: String,
        _ engine: PolicyEngine
    ) -> ResolvedRoles {
        let assignee = Assignee(member, ownIssuer: ownIssuer)
        let list = List(given: given, assigned: engine.assignments.roles(of: assignee, in: member.organization))
        let known = state.withLock { $0.engine === engine ? $0.lists[list] : nil }
        if let known { return known }
        let roles = ResolvedRoles(given: given, assigned: list.assigned, engine)  // outside the lock
        let (kept, dropped) = state.withLock { state -> (ResolvedRoles, State?) in
            var dropped: State?
            if state.engine !== engine || state.lists.count >= Self.maximumCount {
                dropped = state
                state = State(engine: engine)
            }
            if let known = state.lists[list] { return (known, dropped) }
            state.lists[list] = roles
            return (roles, dropped)
        }
        withExtendedLifetime(dropped) {}  // freed here, outside the lock
        return kept
    }

    /// Forgets all lists.
    func removeAll() {
        let dropped = state.withLock { state in
            let dropped = state
            state = State()
            return dropped
        }
        withExtendedLifetime(dropped) {}
    }
}
