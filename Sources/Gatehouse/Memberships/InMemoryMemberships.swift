import Synchronization

/// Memberships in memory, for tests, and for servers that store memberships elsewhere and load them at the start.
public final class InMemoryMemberships: MembershipStore {
    private struct State {
        var roles: [Member: [RoleAssignment]] = [:]
        var revision: UInt64 = 0

        mutating func advance() -> MembershipRevision {
            revision += 1  // overflows in 584 years at one a nanosecond
            return MembershipRevision(revision)
        }
    }

    private let state: Mutex<State>

    /// Makes a store that holds these memberships.
    public init(_ roles: [Member: [RoleAssignment]] = [:]) {
        state = Mutex(State(roles: roles.filter { !$0.value.isEmpty }))
    }

    public var staleness: Duration? { .zero }

    public func membership(of member: Member) -> Membership? {
        state.withLock { Membership(roles: $0.roles[member] ?? [], revision: MembershipRevision($0.revision)) }
    }

    @discardableResult
    public func assign(_ role: RoleAssignment, to member: Member) -> MembershipChange {
        state.withLock { state in
            var roles = state.roles[member] ?? []
            let place = roles.firstIndex { $0.role.hasSameBytes(as: role.role) && $0.resource == role.resource }
            let effect = role.effect(replacing: place.map { roles[$0] })
            if let place { roles.remove(at: place) }
            state.roles[member] = roles + [role]
            return MembershipChange(effect, revision: state.advance())
        }
    }

    @discardableResult
    public func remove(role: String, from member: Member) -> MembershipChange {
        state.withLock { state in
            let held = state.roles[member] ?? []
            let roles = held.filter { !$0.role.hasSameBytes(as: role) }
            state.roles[member] = roles.isEmpty ? nil : roles
            return MembershipChange(roles.count < held.count ? .lost : .none, revision: state.advance())
        }
    }
}
