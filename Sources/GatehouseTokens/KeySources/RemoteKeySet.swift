import Synchronization

/// The key set at an address (`jwks_uri`), kept for a time and loaded anew when a key is missing.
///
/// - One load at a time: all callers that need a load wait for the same load, and no caller's cancellation ends the load. A
///   caller that finds its key does not wait: a set past its time to live serves while the next set is on its way.
/// - A cooldown after each attempt, failed or not, without another attempt: tokens with invented key ids cost no more.
/// - An answer that is no key set, or a set without a usable key, does not replace a set that has a usable key. The set that has
///   a usable key serves until its hard limit.
public final class RemoteKeySet: KeySource {
    private let configuration: Configuration
    private let transport: any HTTPTransport
    private let clock: MonotonicClock
    private let observer: (any KeySetObserver)?
    private let jitter: @Sendable () -> Double
    private let state = Mutex(State())

    /// Makes a source for one address. No keys are loaded before they are needed.
    ///
    /// - Parameters:
    ///   - configuration: The address, and the times that bound loading.
    ///   - transport: The client that loads the keys.
    ///   - clock: The clock that measures how old the keys are.
    ///   - observer: The observer that hears of loads that fail and of keys that are not used; `nil` for none.
    ///   - jitter: A number from 0 to 1 for each load, which tells how early in ``Configuration/refreshAhead`` the next load is due,
    ///     so that many processes do not load at once.
    /// - Throws: `SettingError` unless the address is https, or http on this machine's loopback, for a request field that cannot be
    ///   sent, and for a setting that is out of its range.
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
        self.observer = observer
        self.jitter = jitter
    }

    /// Loads the set if there is none yet, such as at the start of a server, so that a fault shows then and not at the first
    /// request.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where the set cannot be loaded or has no usable key. The
    ///   server may start all the same: the set is loaded again once the cooldown is over.
    public func prefetch() async throws(TokenError) {
        if let fault = try await keys().faultOfAll { throw configuration.failure(fault) }
    }

    /// Returns the set while it may serve. Towards the end of its time to live, and later, a call starts a load, for which no caller waits.
    public func keysAtHand() -> KeySet? {
        let now = clock.now()
        return state.withLock { state in
            state.usableKeys(at: now, configuration) { makeLoad(startedAt: now) }
        }
    }

    /// Returns the set while it may serve, else the next set.
    public func keys() async throws(TokenError) -> KeySet {
        switch step(for: .any) {
        case .answer(let answer): return try answer.get()
        case .wait(let load): return try await load.value.get()
        }
    }

    /// Returns a set that came after these keys: the set at hand, or the answer to a request if the cooldown allows a request.
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

    /// Loads the set, and loads it anew whenever that is due, also without requests for keys, until the task is cancelled.
    public func keepCurrent() async {
        await keepCurrent { try await Task.sleep(for: $0) }
    }

    /// - Parameter sleep: The wait for the next load.
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

    /// The shortest time between two loads of ``keepCurrent()``, whatever the cooldown and the time to live are.
    private static let shortestWait = Duration.seconds(1)

    /// Returns the next step; starts a load if a load is due.
    private func step(for need: State.Need) -> State.Step {
        let now = clock.now()
        return state.withLock { state in
            state.step(for: need, at: now, configuration) { makeLoad(startedAt: now) }
        }
    }

    /// Returns the set after a load that was waited for; a failure means that it is unknown whether the key exists.
    private func outcome(ofLoadAfter keys: KeySet) throws(TokenError) -> KeySet {
        let now = clock.now()
        let (failure, newest) = state.withLock { ($0.failure(at: now), $0.keys) }
        if let failure { throw failure }
        return newest ?? keys
    }

    /// Returns a load in a task of its own, which outlives the caller that happened to start the load, and has neither that caller's
    /// task-local values nor its priority: a load for all callers is no part of one request's trace. The deadline bounds the load.
    private func makeLoad(startedAt start: MonotonicInstant) -> State.Load {
        Task.detached { [self] in
            let loaded = await Self.load(configuration, transport)
            let (end, jitter) = (clock.now(), jitter())
            var (answer, news) = state.withLock {
                $0.finish(loaded, startedAt: start, now: end, jitter: jitter, configuration)
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
