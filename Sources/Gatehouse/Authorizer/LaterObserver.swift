import Synchronization

/// A substitute for the observer of an authorizer that was made without one, until a server that runs the authorizer adds an observer. The
/// new observer is told the present state, and then each change.
final class LaterObserver: AuthorizerObserver {
    private struct State {
        var observer: (any AuthorizerObserver)?
        /// The state before the observer came; `nil` if the source works, or if no state was reported.
        var memberships: Authorizer.DependencyState?
        var bus: Authorizer.DependencyState?
        var refusal: Authorizer.PolicyChange?
        var warnings: [String] = []
    }

    private let state = Mutex(State())

    /// Tells this observer from now on, unless there is an observer.
    func tell(_ observer: any AuthorizerObserver) {
        let state = state.withLock { state -> State? in
            guard state.observer == nil else { return nil }
            state.observer = observer
            return state
        }
        guard let state else { return }
        if !state.warnings.isEmpty { observer.policy(warns: state.warnings) }
        if let refusal = state.refusal { observer.policy(refusal) }
        if let memberships = state.memberships { observer.memberships(became: memberships) }
        if let bus = state.bus { observer.bus(became: bus) }
    }

    func memberships(became new: Authorizer.DependencyState) {
        observer { $0.memberships = new == .working ? nil : new }?.memberships(became: new)
    }

    func bus(became new: Authorizer.DependencyState) {
        observer { $0.bus = new == .working ? nil : new }?.bus(became: new)
    }

    func policy(_ change: Authorizer.PolicyChange) {
        observer { state in
            if case .refused = change { state.refusal = change } else { state.refusal = nil }
        }?.policy(change)
    }

    func policy(warns warnings: [String]) {
        observer { $0.warnings = warnings }?.policy(warns: warnings)
    }

    /// Changes the state under the lock, and returns the observer; `nil` if there is none yet. The caller calls the observer outside the
    /// lock.
    private func observer(_ remember: (inout State) -> Void) -> (any AuthorizerObserver)? {
        state.withLock { state in
            remember(&state)
            return state.observer
        }
    }
}

extension Authorizer {
    /// Adds an observer, unless the authorizer has one. The observer is told the present state, and then each change.
    package func observe(by observer: any AuthorizerObserver) {
        later?.tell(observer)
    }
}
