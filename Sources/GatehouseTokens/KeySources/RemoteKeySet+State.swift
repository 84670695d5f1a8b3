extension RemoteKeySet {
    /// The state of a remote key set, and the rules of its changes. The state is changed under a lock, and no change waits.
    struct State {
        typealias Load = Task<Result<KeySet, TokenError>, Never>

        /// The last valid set.
        private(set) var keys: KeySet?
        /// The error of the last attempt; `nil` after a success.
        private var failure: TokenError?
        private var load: Load?
        /// The time at which the next load begins, and the time until which the set may be used.
        private var refreshAt = MonotonicInstant(nanoseconds: 0)
        private var servesUntil = MonotonicInstant(nanoseconds: 0)
        /// The time from which another attempt is allowed; `nil` before the first attempt.
        private var nextAttemptAt: MonotonicInstant?
        /// The reason why the last load gave no usable key; `nil` after a success, and before the first load.
        private var fault: String?
        /// The observer; `nil` while there is none.
        private(set) var observer: (any KeySetObserver)?
        /// The news that the observer already knows.
        private var told = KeySetNews.Told()

        /// Makes the state before the first load.
        init(observer: (any KeySetObserver)?) {
            self.observer = observer
        }

        enum Need {
            case any
            case newerThan(KeySet)
        }

        enum Step {
            case answer(Result<KeySet, TokenError>)
            case wait(Load)
        }

        /// Returns the set while it may be used, and starts a load if a load is due. A caller that gets a set does not wait for the load.
        mutating func usableKeys(
            at now: MonotonicInstant,
            _ configuration: Configuration,
            makeLoad: () -> Load
        ) -> KeySet? {
            guard let keys, now < servesUntil else { return nil }
            if now >= refreshAt, load == nil, !isCoolingDown(at: now) { start(makeLoad(), at: now, configuration) }
            return keys
        }

        /// Returns the current load, or a new load if a load is due; `nil` if none is due.
        mutating func loadIfDue(
            at now: MonotonicInstant,
            _ configuration: Configuration,
            makeLoad: () -> Load
        ) -> Load? {
            if let load { return load }
            guard keys == nil || now >= refreshAt, !isCoolingDown(at: now) else { return nil }
            let load = makeLoad()
            start(load, at: now, configuration)
            return load
        }

        /// Returns the time until the next load is due.
        func timeToNextLoad(at now: MonotonicInstant) -> Duration {
            max(keys == nil ? .zero : now.duration(to: refreshAt), timeToNextAttempt(at: now))
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
            if isCoolingDown(at: now) { return .answer(answerDuringCooldown(for: need, at: now, configuration)) }
            let load = makeLoad()
            start(load, at: now, configuration)
            return .wait(load)
        }

        /// Ends a load. The loaded set replaces the last set, unless only the last set has a usable key.
        mutating func finish(
            _ loaded: Result<(keys: KeySet, lifetime: CacheLifetime), LoadFailure>,
            startedAt start: MonotonicInstant,
            now: MonotonicInstant,
            jitter: Double,
            _ configuration: Configuration
        ) -> (answer: Result<KeySet, TokenError>, news: KeySetNews) {
            load = nil
            var loadedKeys: KeySet?
            switch loaded {
            case .success((let new, let lifetime)):
                loadedKeys = new
                fault = new.faultOfAll
                if fault == nil || keys?.faultOfAll != nil || keys == nil {
                    replaceKeys(with: new, lifetime, startedAt: start, jitter: jitter, configuration)
                } else {
                    failure = fault.map(configuration.failure)
                }
            case .failure(let error):
                fault = error.reason
                failure = configuration.failure(error.reason)
            }
            let news = observer == nil ? KeySetNews() : news(of: loadedKeys, at: now)
            return (answerDuringCooldown(for: .any, at: now, configuration), news)
        }

        /// Adds an observer, and returns the news of the last load for the observer; `nil` if there was an observer before.
        mutating func observe(by observer: any KeySetObserver, at now: MonotonicInstant) -> KeySetNews? {
            guard self.observer == nil else { return nil }
            self.observer = observer
            return news(of: keys, at: now)
        }

        /// Returns the news that the observer does not know yet.
        ///
        /// - Parameter loaded: The set that was loaded; `nil` if the load failed, or if there was no load.
        private mutating func news(of loaded: KeySet?, at now: MonotonicInstant) -> KeySetNews {
            var news = KeySetNews()
            if let loaded { news.refused = told.refused(in: loaded) }
            let serves = keys.map { $0.faultOfAll == nil && now < servesUntil } ?? false
            news.state = told.state(fault, serves: serves)
            return news
        }

        private mutating func replaceKeys(
            with new: KeySet,
            _ lifetime: CacheLifetime,
            startedAt start: MonotonicInstant,
            jitter: Double,
            _ configuration: Configuration
        ) {
            keys = new
            failure = nil
            let timeToLive = configuration.timeToLive(lifetime)
            let refreshAhead = configuration.refreshAhead(of: timeToLive, jitter: jitter)
            refreshAt = start.advanced(by: timeToLive - refreshAhead)
            servesUntil = start.advanced(by: max(timeToLive, configuration.staleLimit))
        }

        /// Returns the old set while it may be used, and otherwise the reason why there is none. A caller that misses a key gets the
        /// failure, since it is unknown whether that key exists.
        private func answerDuringCooldown(
            for need: Need,
            at now: MonotonicInstant,
            _ configuration: Configuration
        ) -> Result<KeySet, TokenError> {
            if case .newerThan(let old) = need { return failure(at: now).map { .failure($0) } ?? .success(keys ?? old) }
            if let keys, now < servesUntil { return .success(keys) }
            let unknown = configuration.failure("the last set is out of date, and was just asked for")
            return .failure(failure(at: now) ?? unknown.retrying(after: timeToNextAttempt(at: now)))
        }

        /// Returns the error of the last attempt, with the time until the next attempt; `nil` after a success.
        func failure(at now: MonotonicInstant) -> TokenError? {
            failure?.retrying(after: timeToNextAttempt(at: now))
        }

        private func timeToNextAttempt(at now: MonotonicInstant) -> Duration {
            nextAttemptAt.map { now.duration(to: $0) } ?? .zero
        }
    }
}
