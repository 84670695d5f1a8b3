import Gatehouse
import Synchronization

/// A membership source of one answer, which counts what it is asked.
final class CountingSource: MembershipSource {
    struct Failure: Error {}

    private struct State {
        var roles: [RoleAssignment] = ["reader"]
        var failure: (any Error)?
        var whileLoading: (@Sendable () -> Void)?
        var loadsByUser: [String: Int] = [:]
    }

    private let state = Mutex(State())

    var staleness: Duration? { .zero }

    var roles: [RoleAssignment] {
        get { state.withLock { $0.roles } }
        set { state.withLock { $0.roles = newValue } }
    }
    var failure: (any Error)? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }
    /// Called once the answer stands and before it is given.
    var whileLoading: (@Sendable () -> Void)? {
        get { state.withLock { $0.whileLoading } }
        set { state.withLock { $0.whileLoading = newValue } }
    }
    var loadsByUser: [String: Int] { state.withLock { $0.loadsByUser } }
    var loads: Int { loadsByUser.values.reduce(0, +) }

    func membership(of member: Member) async throws -> Membership? {
        let (answer, failure, whileLoading) = state.withLock { state in
            state.loadsByUser[member.user, default: 0] += 1
            return (state.roles, state.failure, state.whileLoading)
        }
        whileLoading?()
        if let failure { throw failure }
        return Membership(roles: answer)
    }
}
