import Synchronization

/// A load that is under way, and the callers that wait for it.
///
/// A load runs as a separate task, which outlives the caller that started it, and has neither that caller's task-local values nor its
/// priority. The task is cancelled when no caller waits any more, or when an invalidation overtakes the load.
final class Flight: Sendable {
    enum Outcome: Sendable {
        /// The load gave these roles, and they may be used for so long.
        case loaded(LoadedRoles, Validity)
        case failed(AuthorizerError)
        /// The loaded roles must not be used. A caller that still needs them begins again.
        case overtaken
        /// The waiting caller was cancelled.
        case abandoned
    }

    private struct State {
        var task: Task<Void, Never>?
        /// True if no caller waits any more, or if an invalidation since the start of the load concerns every result.
        var isUnwanted = false
        /// The roles that were invalidated since the start of the load.
        var invalidatedRoles: Set<ByteText> = []
        var outcome: Outcome?
        /// The number of callers that need the roles: the caller that began the load, and the callers that joined and were not cancelled.
        var participants = 1
        /// The callers that already wait.
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        /// The callers that were cancelled and have not noticed that yet.
        var gone: Set<UInt64> = []
        var successor: Flight?
    }

    /// The number of invalidated roles that a load remembers. Beyond that number, the load is overtaken for every result.
    private static let maximumRoleCount = 32

    let member: Member
    let organization: OrganizationCell
    /// The number of invalidations before the start of the load.
    let epoch: UInt64
    let start: MonotonicInstant
    /// True if the load began without a bus that reports invalidations.
    let isProvisional: Bool
    private let state = Mutex(State())

    init(_ member: Member, _ organization: OrganizationCell, epoch: UInt64, _ moment: CacheMoment) {
        self.member = member
        self.organization = organization
        self.epoch = epoch
        start = moment.now
        isProvisional = moment.now >= moment.connectedUntil
    }

    /// True if the loaded roles may be used, apart from invalidations of roles: there was no other invalidation since the start, and the
    /// load was not cancelled. A cancelled source may return anything.
    var isUseful: Bool {
        organization.goodSince.load(ordering: .acquiring) <= epoch && !state.withLock { $0.isUnwanted }
    }

    /// Returns true if the result may be used: the load is useful, and no role of the result, except the policy's own, was invalidated
    /// since the start.
    func isUseful(giving loaded: LoadedRoles) -> Bool {
        guard isUseful else { return false }
        let invalidated = state.withLock { $0.invalidatedRoles }
        return invalidated.isEmpty || !loaded.roles.given.contains { invalidated.contains(ByteText($0.role)) }
    }

    /// The load for which all callers wait whom this load did not answer; `nil` if no such caller has come yet.
    var successor: Flight? {
        get { state.withLock { $0.successor } }
        set { state.withLock { $0.successor = newValue } }
    }

    /// Returns true if the result answers a check that began at a moment.
    ///
    /// A check that began no later than the load is answered, however long the load took. A check that joined the load is answered if it
    /// began within the lifetime of the result, as memory would have answered it then. All other checks wait for one more load, the
    /// ``successor``, which began after them and so answers each of them.
    func answers(_ check: CacheMoment, _ validity: Validity) -> Bool {
        start >= check.now || validity.isUsable(check, goodSince: organization.goodSince.load(ordering: .acquiring))
    }

    /// Adds a caller that will wait for ``outcome()``. From then on, other callers that leave do not cancel the load. A load that was
    /// already cancelled is awaited nevertheless, since the next load begins after its end.
    func join() { state.withLock { $0.participants += 1 } }

    /// Marks the load, so that its result is not used.
    func overtake() { state.withLock { $0.isUnwanted = true } }

    /// Marks the load, so that its result is not used if it contains a role.
    ///
    /// - Returns: True if no result may be used, since there are more such roles than the load remembers.
    func overtake(ifGiving role: ByteText) -> Bool {
        state.withLock { state in
            if state.invalidatedRoles.count >= Self.maximumRoleCount, !state.invalidatedRoles.contains(role) {
                state.isUnwanted = true
            } else {
                state.invalidatedRoles.insert(role)
            }
            return state.isUnwanted
        }
    }

    /// Cancels the source's task. The method must not be called under a lock, since a cancelled source may use the cache.
    func cancel() {
        let task = state.withLock { state in
            state.isUnwanted = true
            return state.task
        }
        task?.cancel()
    }

    func runs(as task: Task<Void, Never>) {
        let isUnwanted = state.withLock { state in
            state.task = task
            return state.isUnwanted
        }
        if isUnwanted { task.cancel() }
    }

    /// Tells everybody who waits.
    func end(_ outcome: Outcome) {
        let waiters = state.withLock { state in
            let waiters = state.waiters
            (state.outcome, state.waiters, state.task) = (outcome, [:], nil)
            return waiters
        }
        for (_, waiter) in waiters.sorted(by: { $0.key < $1.key }) { waiter.resume() }
    }

    /// Returns the outcome after the load ends, or at once if the caller was cancelled. Each participant must call the method only once.
    ///
    /// Continuations only wake the callers, and the outcome is read under the lock. A value that a continuation passes before its await
    /// looks like a race to the thread sanitizer, since Swift's runtime does not report that path.
    func outcome() async -> Outcome {
        let id = state.withLock { state in
            state.nextWaiter += 1  // one wait each nanosecond would overflow the number after 584 years
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.outcome != nil || state.gone.contains(id) { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            leave(id)
        }
        return state.withLock { state in
            state.gone.remove(id) == nil ? state.outcome ?? .abandoned : .abandoned
        }
    }

    private func leave(_ id: UInt64) {
        let (waiter, wasLast) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Bool) in
            guard state.outcome == nil else { return (nil, false) }
            state.gone.insert(id)
            state.participants -= 1  // no overflow: each participant leaves once
            if state.participants == 0 { state.isUnwanted = true }
            return (state.waiters.removeValue(forKey: id), state.participants == 0)
        }
        if wasLast { cancel() }
        waiter?.resume()
    }
}
