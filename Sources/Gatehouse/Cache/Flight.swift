import Synchronization

/// A load that is under way, and those who wait for it.
///
/// It runs as a task of its own: it outlives the caller that happened to start it, without that caller's task-local values and priority.
/// The task is cancelled when nobody waits any more, or when an invalidation overtook it.
final class Flight: Sendable {
    enum Outcome: Sendable {
        /// The load gave these roles, and they may be used for so long.
        case loaded(LoadedRoles, Validity)
        case failed(AuthorizerError)
        /// The loaded roles are not to be used: whoever still needs them begins again.
        case overtaken
        /// The one who waited was cancelled.
        case abandoned
    }

    private struct State {
        var task: Task<Void, Never>?
        /// Nobody waits any more, or an invalidation came since it began that is about whatever it gives.
        var isUnwanted = false
        /// The roles that were invalidated since it began.
        var invalidatedRoles: Set<ByteText> = []
        var outcome: Outcome?
        /// The number of those who want its roles: whoever began it, and those who joined and were not cancelled.
        var participants = 1
        /// Those of them who wait already.
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        /// Those who were cancelled, and have not noticed yet.
        var gone: Set<UInt64> = []
        var successor: Flight?
    }

    /// The number of roles that it keeps of those that were invalidated since it began. With one more, it is overtaken whatever it gives.
    private static let maximumRoleCount = 32

    let member: Member
    let organization: OrganizationCell
    /// The number of invalidations before it began.
    let epoch: UInt64
    let start: MonotonicInstant
    /// True if it began without a bus that would tell of invalidations.
    let isProvisional: Bool
    private let state = Mutex(State())

    init(_ member: Member, _ organization: OrganizationCell, epoch: UInt64, _ moment: CacheMoment) {
        self.member = member
        self.organization = organization
        self.epoch = epoch
        start = moment.now
        isProvisional = moment.now >= moment.connectedUntil
    }

    /// True if its roles may be used, as far as no invalidation of a role decides: no other invalidation came since it began, and it was
    /// not told to stop, after which a source may say anything.
    var isUseful: Bool {
        organization.goodSince.load(ordering: .acquiring) <= epoch && !state.withLock { $0.isUnwanted }
    }

    /// Returns true if what it gave may be used: it is useful, and of the roles in it that are not the policy's own none was invalidated
    /// since it began.
    func isUseful(giving loaded: LoadedRoles) -> Bool {
        guard isUseful else { return false }
        let invalidated = state.withLock { $0.invalidatedRoles }
        return invalidated.isEmpty || !loaded.roles.given.contains { invalidated.contains(ByteText($0.role)) }
    }

    /// The one load that all those wait for whom this one did not answer; `nil` if none of them has come yet.
    var successor: Flight? {
        get { state.withLock { $0.successor } }
        set { state.withLock { $0.successor = newValue } }
    }

    /// Returns true if what it gave answers a check that began at a moment.
    ///
    /// A check that began no later than the load is answered, however long the load took. One that joined the load is answered if it began
    /// within the time for which what was loaded may be used, as memory would have answered it then. All others wait for one more load, the
    /// ``successor``, which began after they did and so answers each of them.
    func answers(_ check: CacheMoment, _ validity: Validity) -> Bool {
        start >= check.now || validity.isUsable(check, goodSince: organization.goodSince.load(ordering: .acquiring))
    }

    /// Counts in another who will wait for ``outcome()``, as soon as it finds the load: from then on nobody else's leaving stops it. One
    /// that was stopped already is waited for all the same, since the next begins when it ends.
    func join() { state.withLock { $0.participants += 1 } }

    /// From now on, what it gives is not to be used.
    func overtake() { state.withLock { $0.isUnwanted = true } }

    /// From now on, what it gives is not to be used if a role is in it.
    ///
    /// - Returns: True if it is not to be used whatever it gives, since there are more such roles than it keeps.
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

    /// Tells the source that nobody waits. Not to be called under a lock, since a source that hears of it may ask the cache.
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

    /// Returns the outcome once the load ends, or at once that the caller was cancelled. Each participant asks once.
    ///
    /// Continuations only wake, and the outcome is read under the lock: a value that a continuation hands over before its await
    /// looks like a race to the thread sanitizer, since Swift's runtime does not tell it of that path.
    func outcome() async -> Outcome {
        let id = state.withLock { state in
            state.nextWaiter += 1  // a wait a nanosecond would take 584 years to overflow it
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
            state.participants -= 1  // does not overflow: it took part, and leaves once
            if state.participants == 0 { state.isUnwanted = true }
            return (state.waiters.removeValue(forKey: id), state.participants == 0)
        }
        if wasLast { cancel() }
        waiter?.resume()
    }
}
