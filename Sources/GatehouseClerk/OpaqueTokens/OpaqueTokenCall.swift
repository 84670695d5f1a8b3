import Synchronization

/// A call to the issuer, and the requests that wait for its verdict.
///
/// The call is over after its answer, at its deadline, or when no request waits any more, whichever comes first. A later answer is ignored,
/// since a verifier that is cancelled may return anything.
final class OpaqueTokenCall: Sendable {
    private struct State {
        var verdict: OpaqueTokenVerdict?
        /// The task that makes the call, and the task that ends the call at its deadline.
        var tasks: [Task<Void, Never>] = []
        /// The number of requests that need the verdict: the request that began the call, and the requests that joined and were not
        /// cancelled.
        var participants = 1
        /// The participants that wait already.
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        /// The participants that were cancelled, perhaps before they waited.
        var gone: Set<UInt64> = []

        /// Ends the call, unless the call is over. Returns the tasks and waiters, which the caller informs outside the lock.
        mutating func end(_ verdict: OpaqueTokenVerdict) -> Told {
            guard self.verdict == nil else { return Told() }
            defer { (self.verdict, tasks, waiters) = (verdict, [], [:]) }
            return Told(tasks: tasks, waiters: Array(waiters.values))
        }
    }

    private struct Told {
        var tasks: [Task<Void, Never>] = []
        var waiters: [CheckedContinuation<Void, Never>] = []

        func tell() {
            for task in tasks { task.cancel() }
            for waiter in waiters { waiter.resume() }
        }
    }

    let key: OpaqueTokenKey
    let start: MonotonicInstant
    private let state = Mutex(State())

    init(_ key: OpaqueTokenKey, start: MonotonicInstant) {
        self.key = key
        self.start = start
    }

    var isOver: Bool { state.withLock { $0.verdict != nil } }

    /// The number of requests that want the verdict.
    var participants: Int { state.withLock { $0.participants } }

    /// Counts in another request that will wait for ``verdict()``; false if the call is over.
    func join() -> Bool {
        state.withLock { state in
            guard state.verdict == nil else { return false }
            state.participants += 1
            return true
        }
    }

    /// Sets a task that is cancelled when the call is over.
    func runs(as task: Task<Void, Never>) {
        let isOver = state.withLock { state in
            if state.verdict == nil { state.tasks.append(task) }
            return state.verdict != nil
        }
        if isOver { task.cancel() }
    }

    /// Ends the call, unless the call is over, and resumes all waiting requests.
    func end(_ verdict: OpaqueTokenVerdict) {
        state.withLock { $0.end(verdict) }.tell()
    }

    /// Returns the result of the call, or the caller's own cancellation at once. Each participant must call the method only once.
    ///
    /// Continuations only wake the waiters, and the verdict is read under the lock, as in the cache's `Flight`.
    func verdict() async -> OpaqueTokenVerdict {
        let id = state.withLock { state in
            state.nextWaiter += 1  // one wait each nanosecond would overflow the number after 584 years
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.verdict != nil || state.gone.contains(id) { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            leave(id)
        }
        return state.withLock { $0.verdict ?? .unknown(.cancelled) }
    }

    private func leave(_ id: UInt64) {
        state.withLock { state -> Told in
            guard state.verdict == nil else { return Told() }
            state.gone.insert(id)
            let waiter = state.waiters.removeValue(forKey: id)
            state.participants -= 1  // does not overflow: the caller took part, and leaves once
            // The call ends in the same step, so that no request joins a call that is about to be cancelled.
            var told = state.participants == 0 ? state.end(.unknown(.cancelled)) : Told()
            if let waiter { told.waiters.append(waiter) }
            return told
        }.tell()
    }
}
