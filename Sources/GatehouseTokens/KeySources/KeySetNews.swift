/// The news of a load for an observer.
struct KeySetNews {
    var state: KeySetState?
    var refused: [KeySet.Refusal] = []
    var slowness: Duration?

    func tell(_ observer: any KeySetObserver, at address: String) {
        if let state { observer.keySet(at: address, became: state) }
        if !refused.isEmpty { observer.keySet(at: address, refused: refused) }
        if let slowness { observer.keySet(at: address, tookToLoad: slowness) }
    }

    /// The news that the observer already knows, so that no news is told twice.
    struct Told {
        private var state = KeySetState.loaded
        private var refused: [KeySet.Refusal] = []

        /// Returns the state after a load that failed for this reason, or succeeded if `reason` is `nil`. Returns `nil` if the observer
        /// knows the state.
        mutating func state(_ reason: String?, serves: Bool) -> KeySetState? {
            let new = reason.map { serves ? KeySetState.stale(reason: $0) : .unusable(reason: $0) } ?? .loaded
            guard !new.isSameKind(as: state) else { return nil }
            state = new
            return new
        }

        /// Returns the keys that a set leaves out; empty if the observer knows them.
        mutating func refused(in keys: KeySet) -> [KeySet.Refusal] {
            guard keys.refused != refused else { return [] }
            refused = keys.refused
            return refused
        }
    }
}
