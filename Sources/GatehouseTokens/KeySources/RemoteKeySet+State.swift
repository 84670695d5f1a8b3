extension RemoteKeySet {
    /// What a remote key set knows, and what follows from it. It is changed under a lock, and waits for nothing.
    struct State {
        typealias Load = Task<Result<KeySet, TokenError>, Never>

        /// The last good set.
        private(set) var keys: KeySet?
        /// Why the last attempt failed; nil after a success.
        private(set) var failure: TokenError?
        private var load: Load?
        private var loadedAt = MonotonicInstant(nanoseconds: 0)
        private var attemptedAt: MonotonicInstant?

        enum Need {
            case current
            case newerThan(KeySet)
        }

        enum Step {
            case answer(Result<KeySet, TokenError>)
            case wait(Load)
        }

        /// The set within its time to live.
        func currentKeys(at now: MonotonicInstant, _ configuration: Configuration) -> KeySet? {
            keys(at: now, within: configuration.timeToLive)
        }

        mutating func step(
            for need: Need,
            at now: MonotonicInstant,
            _ configuration: Configuration,
            makeLoad: () -> Load
        ) -> Step {
            switch need {
            case .current:
                if let keys = currentKeys(at: now, configuration) { return .answer(.success(keys)) }
            case .newerThan(let old):
                if let keys = currentKeys(at: now, configuration), !keys.isSame(as: old) {
                    return .answer(.success(keys))
                }
            }
            if let load { return .wait(load) }
            if let attemptedAt, now < attemptedAt.advanced(by: configuration.cooldown) {
                return .answer(answerDuringCooldown(for: need, at: now, configuration))
            }
            let load = makeLoad()
            self.load = load
            attemptedAt = now
            return .wait(load)
        }

        /// Ends a load: a set replaces the last one, unless it is of no use and that one is.
        mutating func finish(
            _ loaded: Result<KeySet, TokenError>,
            startedAt start: MonotonicInstant,
            now: MonotonicInstant,
            _ configuration: Configuration
        ) -> Result<KeySet, TokenError> {
            load = nil
            switch loaded {
            case .success(let new) where !new.keys.isEmpty || keys?.keys.isEmpty != false:
                keys = new
                loadedAt = start
                failure = nil
                return .success(new)
            case .success:
                failure = TokenError(.remoteKeysFailedToLoad, "the key set could not be loaded: it has no usable key")
            case .failure(let error):
                failure = error
            }
            return answerDuringCooldown(for: .current, at: now, configuration)
        }

        /// The old set while it may serve; else why there is none. Whoever misses a key is told the failure, since
        /// nobody knows whether that key exists.
        private func answerDuringCooldown(
            for need: Need,
            at now: MonotonicInstant,
            _ configuration: Configuration
        ) -> Result<KeySet, TokenError> {
            if case .newerThan(let old) = need { return failure.map { .failure($0) } ?? .success(keys ?? old) }
            if let keys = keys(at: now, within: configuration.staleLimit) { return .success(keys) }
            return .failure(
                failure ?? TokenError(.remoteKeysFailedToLoad, "the key set is out of date and was just asked for")
            )
        }

        private func keys(at now: MonotonicInstant, within limit: Duration) -> KeySet? {
            guard let keys, now < loadedAt.advanced(by: limit) else { return nil }
            return keys
        }
    }
}
