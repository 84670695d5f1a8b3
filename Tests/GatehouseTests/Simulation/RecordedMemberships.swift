import Gatehouse
import SeededGenerator
import Synchronization

/// A store that remembers what it said when, is slow, and sometimes fails. Each node has its own view of it, which sees that the node
/// loads no member twice at a time.
final class RecordedMemberships: Sendable {
    struct Version {
        /// How many things had happened in the simulation.
        var step: Int
        var roles: [RoleAssignment]
    }

    struct Failure: Error {}

    private struct State {
        var history: [Member: [Version]] = [:]
        /// The step and the effect of each change: a revision says how many there were.
        var changes: [(step: Int, effect: MembershipChange.Effect)] = []
        var revision: MembershipRevision { MembershipRevision(UInt64(changes.count)) }
        var random: SeededGenerator
        var doubleLoads = 0
        var excessLoads = 0
    }

    private static let beginning = [Version(step: 0, roles: [])]
    private let time: VirtualTime
    private let steps: Steps
    private let state: Mutex<State>

    init(seed: UInt64, _ time: VirtualTime, _ steps: Steps) {
        self.time = time
        self.steps = steps
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    /// How often a node loaded a member while it was loading it.
    var doubleLoads: Int { state.withLock { $0.doubleLoads } }

    func history(of member: Member) -> [Version] {
        state.withLock { $0.history[member] ?? Self.beginning }
    }

    /// When the change was made that led to a revision.
    func step(of revision: MembershipRevision) -> Int {
        state.withLock { $0.changes[Int(revision.number) - 1].step }
    }

    /// The effect of the change that led to a revision.
    func effect(of revision: MembershipRevision) -> MembershipChange.Effect {
        state.withLock { $0.changes[Int(revision.number) - 1].effect }
    }

    /// Lost where one of the roles went or is held for a shorter time.
    private static func effect(_ before: [RoleAssignment], _ after: [RoleAssignment]) -> MembershipChange.Effect {
        let effects = before.map { held in
            after.first { $0.role == held.role }.map { $0.effect(replacing: held) } ?? .lost
        }
        if effects.contains(.lost) { return .lost }
        return effects.contains(.gained) || after.count > before.count ? .gained : .none
    }

    /// Changes what is said of a member, at once.
    @discardableResult
    func change(_ member: Member, _ change: ([RoleAssignment]) -> [RoleAssignment]) -> MembershipRevision {
        state.withLock { state in
            let held = state.history[member]?.last?.roles ?? []
            let roles = change(held)
            let step = steps.next()
            state.history[member, default: Self.beginning].append(Version(step: step, roles: roles))
            state.changes.append((step, Self.effect(held, roles)))
            return state.revision
        }
    }

    /// How often a node loaded more members at a time than it may.
    var excessLoads: Int { state.withLock { $0.excessLoads } }

    /// The store as one node sees it, which may load only so many members at a time.
    func view(maximumLoads: Int) -> View { View(store: self, maximumLoads: maximumLoads) }

    final class View: MembershipStore {
        private let store: RecordedMemberships
        private let maximumLoads: Int
        private let loading = Mutex<Set<Member>>([])

        init(store: RecordedMemberships, maximumLoads: Int) {
            self.store = store
            self.maximumLoads = maximumLoads
        }

        func membership(of member: Member) async throws -> Membership? {
            let (isAlone, count) = loading.withLock { ($0.insert(member).inserted, $0.count) }
            if !isAlone { store.state.withLock { $0.doubleLoads += 1 } }
            if count > maximumLoads { store.state.withLock { $0.excessLoads += 1 } }
            defer { loading.withLock { _ = $0.remove(member) } }
            await store.delay()
            let answer = store.state.withLock { state in
                Membership(roles: state.history[member]?.last?.roles ?? [], revision: state.revision)
            }
            await store.delay()
            try store.failSometimes()
            if store.isAttentive() { try Task.checkCancellation() }
            return answer
        }

        func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange {
            try await change(member) { $0.filter { $0.role != role.role } + [role] }
        }

        func remove(role: String, from member: Member) async throws -> MembershipChange {
            try await change(member) { $0.filter { $0.role != role } }
        }

        private func change(
            _ member: Member,
            _ change: ([RoleAssignment]) -> [RoleAssignment]
        ) async throws -> MembershipChange {
            await store.delay()
            let revision = store.change(member, change)
            await store.delay()
            try store.failSometimes()  // after the change: nobody can tell that it was made
            return MembershipChange(store.effect(of: revision), revision: revision)
        }
    }

    /// Not at all, a while, or longer than an entry would have lived.
    private func delay() async {
        let milliseconds = state.withLock { state in
            switch Int.random(in: 0..<100, using: &state.random) {
            case 0..<60: 0
            case 60..<92: Int.random(in: 1...300, using: &state.random)
            default: Int.random(in: 3_000...6_000, using: &state.random)
            }
        }
        if milliseconds > 0 { await time.sleep(.milliseconds(milliseconds)) } else { await Task.yield() }
    }

    /// True if a load stops when nobody needs it.
    private func isAttentive() -> Bool { state.withLock { $0.random.chance(50) } }

    private func failSometimes() throws {
        if state.withLock({ $0.random.chance(8) }) { throw Failure() }
    }
}

/// Counts what happens, so that of two things one came first, and knows when it was.
final class Steps: Sendable {
    private let time: VirtualTime
    private let times = Mutex<[Duration]>([])

    init(_ time: VirtualTime) { self.time = time }

    var now: Int { times.withLock { $0.count } }

    func next() -> Int {
        times.withLock { times in
            times.append(time.now)
            return times.count
        }
    }

    /// The last step before a time; 0 if there was none.
    func before(_ time: Duration) -> Int {
        times.withLock { times in times.lastIndex { $0 < time }.map { $0 + 1 } ?? 0 }
    }
}
