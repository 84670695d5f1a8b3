import Synchronization

/// The states that an observer already knows, so that no state is told twice.
final class AuthorizerNews: PolicyChangeListener {
    /// The time without a failure after which a source counts as working again.
    static let quietTime = Duration.seconds(10)

    private enum Item {
        case memberships(Authorizer.DependencyState)
        case bus(Authorizer.DependencyState)
        case policy(Authorizer.PolicyChange)
        case warnings(of: PolicyEngine)
    }

    private struct State {
        /// The instant of the last failed load; `nil` if the source counts as working.
        var failedAt: MonotonicInstant?
        var isBusFailing = false
        /// The instant until which the bus may be silent.
        var busIsDue: MonotonicInstant
        /// The reason why the last reload failed; `nil` if it succeeded.
        var refusal: String?
        var warnings: [String] = []
        var pending: [Item] = []
        var isTelling = false

        mutating func busFails(_ reason: String, if isSo: Bool) -> Item? {
            guard isSo, !isBusFailing else { return nil }
            isBusFailing = true
            return .bus(.failing(reason: reason))
        }
    }

    private let observer: any AuthorizerObserver
    private let issuer: String?
    private let state: Mutex<State>

    /// Makes the states of a new authorizer.
    ///
    /// - Parameters:
    ///   - issuer: The issuer of the authorizer, on which its warnings depend.
    ///   - busIsDue: The instant until which the bus may be silent.
    init(_ observer: any AuthorizerObserver, issuer: String?, busIsDue: MonotonicInstant) {
        self.observer = observer
        self.issuer = issuer
        state = Mutex(State(busIsDue: busIsDue))
    }

    /// Notes that a load failed or exceeded the limit.
    func loadFailed(_ error: AuthorizerError, at now: MonotonicInstant) {
        tell { state in
            defer { state.failedAt = now }
            return state.failedAt == nil ? .memberships(.failing(reason: "\(error)")) : nil
        }
    }

    /// Notes that the source answered.
    func loadSucceeded(at now: MonotonicInstant) {
        tell { state in
            guard let failedAt = state.failedAt, now >= failedAt.advanced(by: Self.quietTime) else { return nil }
            state.failedAt = nil
            return .memberships(.working)
        }
    }

    /// Notes that the authorizer listens to the bus, which may be silent until an instant.
    func busIsDue(at instant: MonotonicInstant) {
        state.withLock { $0.busIsDue = instant }
    }

    /// Notes that the bus vouches for the cache.
    func busWasHeard() {
        tell { state in
            guard state.isBusFailing else { return nil }
            state.isBusFailing = false
            return .bus(.working)
        }
    }

    /// Notes that nothing vouches for the cache.
    func busIsSilent(at now: MonotonicInstant) {
        tell {
            $0.busFails("no heartbeat came within the time for which memory serves without one", if: now >= $0.busIsDue)
        }
    }

    /// Notes that the bus ended for good.
    func busEnded(_ error: any Error) {
        tell { $0.busFails("\(error)".inOneLine(), if: true) }
    }

    /// Notes another current policy, or another engine of the same policy, which ``tellPending()`` then reports.
    ///
    /// - Parameter failure: The failure of the last reload; `nil` if it did not fail.
    func noticeReplacement(of old: PolicyEngine, by new: PolicyEngine, _ failure: CurrentPolicy.ReloadFailure?) {
        state.withLock { state in
            if old.revision != new.revision {
                state.pending.append(.policy(.replaced(old.revision, by: new.revision)))
                state.pending.append(.warnings(of: new))
            } else if state.refusal != nil, failure == nil {
                state.pending.append(.policy(.confirmed(new.revision)))
            }
            state.refusal = failure?.message
        }
    }

    /// Notes that a reload failed, which ``tellPending()`` then reports.
    func noticeRefusal(_ failure: CurrentPolicy.ReloadFailure) {
        state.withLock { state in
            if state.refusal != failure.message { state.pending.append(.policy(.refused(failure))) }
            state.refusal = failure.message
        }
    }

    /// Tells the warnings of the policy of a new authorizer.
    func tellWarnings(of engine: PolicyEngine) {
        tell { _ in .warnings(of: engine) }
    }

    /// Tells the observer all notes. If another caller is telling, that caller also tells these notes. The observer is called outside the
    /// lock, so that it may use the authorizer.
    func tellPending() {
        while let item = next() {
            switch item {
            case .memberships(let state): observer.memberships(became: state)
            case .bus(let state): observer.bus(became: state)
            case .policy(let change): observer.policy(change)
            case .warnings(let engine): tellChangedWarnings(of: engine)
            }
            state.withLock { $0.isTelling = false }
        }
    }

    private func tell(_ notice: (inout State) -> Item?) {
        let isNew = state.withLock { state in
            guard let item = notice(&state) else { return false }
            state.pending.append(item)
            return true
        }
        if isNew { tellPending() }
    }

    private func next() -> Item? {
        state.withLock { state in
            guard !state.isTelling, !state.pending.isEmpty else { return nil }
            state.isTelling = true
            return state.pending.removeFirst()
        }
    }

    private func tellChangedWarnings(of engine: PolicyEngine) {
        let warnings = Authorizer.warnings(of: engine, issuer: issuer)
        let isNews = state.withLock { state in
            defer { state.warnings = warnings }
            return warnings != state.warnings && !warnings.isEmpty
        }
        if isNews { observer.policy(warns: warnings) }
    }
}
