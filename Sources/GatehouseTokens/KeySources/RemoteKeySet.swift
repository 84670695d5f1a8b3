import Synchronization

/// The key set at an address (`jwks_uri`), which is kept for a time and loaded again if a key is missing.
///
/// - One load runs at a time. All callers that need a load wait for it, and the cancellation of a caller does not end it. A caller that
///   finds its key does not wait: a set past its time to live stays in use while the next set is loaded.
/// - Each attempt, failed or not, is followed by a cooldown without another attempt, so that tokens with invented key ids cost no more.
/// - An answer that is not a key set, and a set without a usable key, do not replace a set with a usable key. The set with a usable key
///   stays in use until its hard limit.
public final class RemoteKeySet: KeySource {
    private let configuration: Configuration
    private let transport: any HTTPTransport
    private let clock: MonotonicClock
    private let jitter: @Sendable () -> Double
    private let state: Mutex<State>

    /// Makes a source for one address. No keys are loaded before they are needed.
    ///
    /// - Parameters:
    ///   - configuration: The address, and the times that bound loading.
    ///   - transport: The client that loads the keys.
    ///   - clock: The clock that measures the age of the keys.
    ///   - observer: The observer that is told about failed loads and unused keys. With `nil`, an authenticator of GatehouseHTTP or
    ///     GatehouseClerk that uses the set adds a `KeySetLog`.
    ///   - jitter: A closure that returns a number from 0 to 1 for each load. The number determines how early in
    ///     ``Configuration/refreshAhead`` the next load begins, so that many processes do not load at once.
    /// - Throws: `SettingError` unless the address is https, or http on this machine's loopback, for a request field that cannot be sent,
    ///   and for a setting that is out of its range.
    public init(
        configuration: Configuration,
        transport: any HTTPTransport,
        clock: MonotonicClock = .system,
        observer: (any KeySetObserver)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) throws(SettingError) {
        guard RemoteAddress(configuration.url)?.isAcceptable == true else {
            throw SettingError(
                .malformed,
                "url",
                "keys are loaded from an https address, or over http from this machine's loopback; this address is neither, or malformed"
            )
        }
        try configuration.requireFields()
        try configuration.requireRanges()
        self.configuration = configuration
        self.transport = transport
        self.clock = clock
        self.jitter = jitter
        state = Mutex(State(observer: observer))
    }

    /// Loads the set if there is none yet, such as at the start of a server, so that a fault shows early and not at the first request.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` if the set cannot be loaded or has no usable key. The server may start
    ///   nevertheless: the set is loaded again after the cooldown.
    public func prefetch() async throws(TokenError) {
        if let fault = try await keys().faultOfAll { throw configuration.failure(fault) }
    }

    /// Returns the set while it may be used. Towards the end of the time to live, and later, a call starts a load, for which no caller
    /// waits.
    public func keysAtHand() -> KeySet? {
        let now = clock.now()
        return state.withLock { state in
            state.usableKeys(at: now, configuration) { makeLoad(startedAt: now) }
        }
    }

    /// Returns the set while it may be used, and otherwise the next set.
    public func keys() async throws(TokenError) -> KeySet {
        switch step(for: .any) {
        case .answer(let answer): return try answer.get()
        case .wait(let load): return try await load.value.get()
        }
    }

    /// Returns a set that is newer than these keys: the current set, or the answer to a request if the cooldown allows a request.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? {
        let newest: KeySet
        switch step(for: .newerThan(keys)) {
        case .answer(let answer): newest = try answer.get()
        case .wait(let load):
            _ = await load.value
            newest = try outcome(ofLoadAfter: keys)
        }
        return newest.isSame(as: keys) ? nil : newest
    }

    /// Loads the set, and loads it again whenever a load is due, even without requests for keys, until the task is cancelled.
    public func keepCurrent() async {
        await keepCurrent { try await Task.sleep(for: $0) }
    }

    /// Loads the set whenever a load is due.
    ///
    /// - Parameter sleep: A closure that waits for the next load.
    func keepCurrent(sleep: (Duration) async throws -> Void) async {
        while !Task.isCancelled {
            let now = clock.now()
            let due = state.withLock { state in state.loadIfDue(at: now, configuration) { makeLoad(startedAt: now) } }
            if let due { _ = await due.value }
            let end = clock.now()
            let wait = state.withLock { $0.timeToNextLoad(at: end) }
            do { try await sleep(max(wait, Self.shortestWait)) } catch { return }
        }
    }

    /// Adds an observer, unless the set has an observer. The new observer is told the outcome of the last load, and then each change.
    package func observe(by observer: any KeySetObserver) {
        let now = clock.now()
        let news = state.withLock { $0.observe(by: observer, at: now) }
        news?.tell(observer, at: LoggedAddress(configuration.url).description)
    }

    /// The shortest time between two loads of ``keepCurrent()``, for any cooldown and time to live.
    private static let shortestWait = Duration.seconds(1)

    /// Returns the next step, and starts a load if a load is due.
    private func step(for need: State.Need) -> State.Step {
        let now = clock.now()
        return state.withLock { state in
            state.step(for: need, at: now, configuration) { makeLoad(startedAt: now) }
        }
    }

    /// Returns the set after an awaited load. A failure means that it is unknown whether the key exists.
    private func outcome(ofLoadAfter keys: KeySet) throws(TokenError) -> KeySet {
        let now = clock.now()
        let (failure, newest) = state.withLock { ($0.failure(at: now), $0.keys) }
        if let failure { throw failure }
        return newest ?? keys
    }

    /// Makes a load in its own task, which outlives the caller that started the load. The task has neither the caller's task-local values
    /// nor its priority, since a load for all callers does not belong to one request's trace. The deadline bounds the load.
    private func makeLoad(startedAt start: MonotonicInstant) -> State.Load {
        Task.detached { [self] in
            let loaded = await Self.load(configuration, transport)
            let (end, jitter) = (clock.now(), jitter())
            var (answer, news, observer) = state.withLock { state in
                let (answer, news) = state.finish(loaded, startedAt: start, now: end, jitter: jitter, configuration)
                return (answer, news, state.observer)
            }
            if let observer {
                let time = start.duration(to: end)
                if case .success = loaded, time > configuration.deadline / 2 { news.slowness = time }
                news.tell(observer, at: LoggedAddress(configuration.url).description)
            }
            return answer
        }
    }
}
