import Synchronization

/// Lets one task wait until another has something for it, or until a time is over.
final class Waker: Sendable {
    private struct State {
        var isAwake = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes whoever waits, or the next who would.
    func wake() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.isAwake = waiting == nil
            state.waiting = nil
            return waiting
        }
        waiting?.resume()
    }

    /// Returns once somebody wakes it, the time is over, or the task is cancelled. One task waits at a time.
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
