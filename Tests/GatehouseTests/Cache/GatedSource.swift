import Gatehouse
import Synchronization

/// A source that answers once it is told to, cancelled or not.
final class GatedSource: MembershipSource {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var loads = 0
    }

    private let state = Mutex(State())

    var loads: Int { state.withLock { $0.loads } }

    /// Answers everybody who waits, and from now on at once.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func membership(of member: Member) async throws -> Membership? {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.loads += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        return ["data2_admin"]
    }
}
