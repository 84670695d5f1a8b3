import Synchronization

/// Permits for a number of requests at a time, in the order of their arrival.
final class Permits: Sendable {
    private struct State {
        var free: Int
        var waiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextID: UInt64 = 0
        /// The requests that gave up before they waited.
        var gone: Set<UInt64> = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Takes a permit, and waits for the permit.
    ///
    /// - Returns: True if there was a permit in time; false also if the task is cancelled.
    func take(within time: Duration) async -> Bool {
        let id: UInt64? = state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            state.nextID += 1  // one request each nanosecond would overflow the number after 584 years
            return state.nextID
        }
        guard let id else { return true }
        // No request gives up after the group has ended.
        defer { _ = state.withLock { $0.gone.remove(id) } }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(for: time)
                self.giveUp(id)
            }
            defer { group.cancelAll() }
            return await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let answer: Bool? = state.withLock { state in
                        if state.gone.contains(id) { return false }
                        if state.free > 0 {
                            state.free -= 1
                            return true
                        }
                        state.waiters.append((id, continuation))
                        return nil
                    }
                    if let answer { continuation.resume(returning: answer) }
                }
            } onCancel: {
                giveUp(id)
            }
        }
    }

    /// Gives a permit to the request that has waited longest.
    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiters.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func giveUp(_ id: UInt64) {
        let continuation = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let place = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.gone.insert(id)
                return nil
            }
            return state.waiters.remove(at: place).continuation
        }
        continuation?.resume(returning: false)
    }
}
