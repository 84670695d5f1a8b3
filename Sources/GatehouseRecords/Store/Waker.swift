import Synchronization

/// A wait of one task until another task wakes it, or until a time is over.
final class Waker: Sendable {
    private struct State {
        var isAwake = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes the waiting task, or the next task that waits.
    func wake() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.isAwake = waiting == nil
            state.waiting = nil
            return waiting
        }
        waiting?.resume()
    }

    /// Returns after a wake, after the time, or after the cancellation of the task. Only one task waits at a time.
    func wait(atMost time: Duration) async {
        await withTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    guard !state.isAwake, !Task.isCancelled else {
                        state.isAwake = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if isNow { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                defer { state.waiting = nil }
                return state.waiting
            }
            waiting?.resume()
        }
    }
}
