extension RemoteKeySet {
    /// What a remote key set knows, and what follows from it. It is changed under a lock, and waits for nothing.
    struct State {
        typealias Load = Task<Result<KeySet, TokenError>, Never>

        /// The last good set.
        private(set) var keys: KeySet?
        /// Why the last attempt failed; nil after a success.
        private(set) var failure: TokenError?
        private var load: Load?
        /// From when on the set is loaded anew, and until when it may serve.
        private var refreshAt = MonotonicInstant(nanoseconds: 0)
        private var servesUntil = MonotonicInstant(nanoseconds: 0)
        /// When there may be another attempt; nil before the first.
        private var nextAttemptAt: MonotonicInstant?

        enum Need {
            case any
            case newerThan(KeySet)
        }

        enum Step {
            case answer(Result<KeySet, TokenError>)
            case wait(Load)
        }

        /// The set while it may serve; starts a load once that is due. Nobody who has a set waits for another.
        mutating func usableKeys(
            at now: MonotonicInstant,
            _ configuration: Configuration,
            makeLoad: () -> Load
        ) -> KeySet? {
            guard let keys, now < servesUntil else { return nil }
            if now >= refreshAt, load == nil, !isCoolingDown(at: now) { start(makeLoad(), at: now, configuration) }
            return keys
        }

        private func isCoolingDown(at now: MonotonicInstant) -> Bool { nextAttemptAt.map { now < $0 } ?? false }

        private mutating func start(_ load: Load, at now: MonotonicInstant, _ configuration: Configuration) {
            self.load = load
            nextAttemptAt = now.advanced(by: configuration.cooldown)
        }

        mutating func step(
            for need: Need,
            at now: MonotonicInstant,
            _ configuration: Configuration,
            makeLoad: () -> Load
        ) -> Step {
            if let keys = usableKeys(at: now, configuration, makeLoad: makeLoad) {
                switch need {
                case .any: return .answer(.success(keys))
                case .newerThan(let old): if !keys.isSame(as: old) { return .answer(.success(keys)) }
                }
            }
            if let load { return .wait(load) }
            if isCoolingDown(at: now) { return .answer(answerDuringCooldown(for: need, at: now)) }
            let load = makeLoad()
            start(load, at: now, configuration)
            return .wait(load)
        }

        /// Ends a load: a set replaces the last one, unless it is of no use and that one is.
        mutating func finish(
            _ loaded: Result<(keys: KeySet, lifetime: CacheLifetime), TokenError>,
            startedAt start: MonotonicInstant,
            now: MonotonicInstant,
            jitter: Double,
            _ configuration: Configuration
        ) -> Result<KeySet, TokenError> {
            load = nil
            switch loaded {
            case .success((let new, let lifetime)) where !new.keys.isEmpty || keys?.keys.isEmpty != false:
                keys = new
                let timeToLive = configuration.timeToLive(lifetime)
                let refreshAhead = configuration.refreshAhead(of: timeToLive, jitter: jitter)
                refreshAt = start.advanced(by: timeToLive - refreshAhead)
                servesUntil = start.advanced(by: max(timeToLive, configuration.staleLimit))
                failure = nil
                return .success(new)
            case .success:
                failure = TokenError(.remoteKeysFailedToLoad, "the key set could not be loaded: it has no usable key")
            case .failure(let error):
                failure = error
            }
            return answerDuringCooldown(for: .any, at: now)
        }

        /// The old set while it may serve; else why there is none. Whoever misses a key is told the failure, since
        /// nobody knows whether that key exists.
        private func answerDuringCooldown(
            for need: Need,
            at now: MonotonicInstant
        ) -> Result<KeySet, TokenError> {
            if case .newerThan(let old) = need { return failure.map { .failure($0) } ?? .success(keys ?? old) }
            if let keys, now < servesUntil { return .success(keys) }
            return .failure(
                failure ?? TokenError(.remoteKeysFailedToLoad, "the key set is out of date and was just asked for")
            )
        }
    }
}
