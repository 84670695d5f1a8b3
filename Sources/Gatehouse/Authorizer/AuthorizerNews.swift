import Synchronization

/// The states that an observer was told last, so that no state is told twice.
final class AuthorizerNews: PolicyChangeListener {
    /// For how long nothing must have failed before a source counts as working again.
    static let quietTime = Duration.seconds(10)

    private enum Item {
        case memberships(Authorizer.DependencyState)
        case bus(Authorizer.DependencyState)
        case policy(Authorizer.PolicyChange)
        case warnings(of: PolicyEngine)
    }

    private struct State {
        /// When loads failed last; `nil` where the source counts as working.
        var failedAt: MonotonicInstant?
        var isBusFailing = false
        /// Until when nothing has to be heard of the bus.
        var busIsDue: MonotonicInstant
        /// Why the last reload failed; `nil` where it did not.
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

    /// - Parameters:
    ///   - issuer: The authorizer's, on which its warnings depend.
    ///   - busIsDue: Until when nothing has to be heard of the bus.
    init(_ observer: any AuthorizerObserver, issuer: String?, busIsDue: MonotonicInstant) {
        self.observer = observer
        self.issuer = issuer
        state = Mutex(State(busIsDue: busIsDue))
    }

    /// Loads fail, or are one too many.
    func loadFailed(_ error: AuthorizerError, at now: MonotonicInstant) {
        tell { state in
            defer { state.failedAt = now }
            return state.failedAt == nil ? .memberships(.failing(reason: "\(error)")) : nil
        }
    }

    /// The source answered.
    func loadSucceeded(at now: MonotonicInstant) {
        tell { state in
            guard let failedAt = state.failedAt, now >= failedAt.advanced(by: Self.quietTime) else { return nil }
            state.failedAt = nil
            return .memberships(.working)
        }
    }

    /// Somebody begins to listen to the bus, of which nothing has to be heard until an instant.
    func busIsDue(at instant: MonotonicInstant) {
        state.withLock { $0.busIsDue = instant }
    }

    /// The bus vouches for what is remembered.
    func busWasHeard() {
        tell { state in
            guard state.isBusFailing else { return nil }
            state.isBusFailing = false
            return .bus(.working)
        }
    }

    /// Nothing vouches for what is remembered.
    func busIsSilent(at now: MonotonicInstant) {
        tell {
            $0.busFails("no heartbeat came within the time for which memory serves without one", if: now >= $0.busIsDue)
        }
    }

    /// The bus ended for good.
    func busEnded(_ error: any Error) {
        tell { $0.busFails("\(error)".inOneLine(), if: true) }
    }

    /// The policy in force is another one, or another engine of the same policy. ``tellPending()`` tells of it.
    ///
    /// - Parameter failure: Why the last reload failed all the same.
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

    /// A reload failed. ``tellPending()`` tells of it.
    func noticeRefusal(_ failure: CurrentPolicy.ReloadFailure) {
        state.withLock { state in
            if state.refusal != failure.message { state.pending.append(.policy(.refused(failure))) }
            state.refusal = failure.message
        }
    }

    /// The authorizer was made.
    func tellWarnings(of engine: PolicyEngine) {
        tell { _ in .warnings(of: engine) }
    }

    /// Tells what was noticed, unless somebody does already, who then tells this too. Outside the lock, so that an observer may
    /// ask whatever told it.
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
