import Synchronization

/// A limiter that holds requests back, so that an instance's budget at Clerk is not used up, and so that a pause that Clerk asked for is
/// kept.
final class RequestLimiter: Sendable {
    private struct State {
        var budget: CallBudget
        /// The time from which Clerk accepts requests again.
        var pausedUntil = MonotonicInstant(nanoseconds: 0)
    }

    /// The longest time for which one answer of 429 holds all other requests back. Clerk counts an instance's requests over 10 seconds
    /// (Clerk, “System limits”). A longer time applies only to one operation, such as invitations, and is returned to the caller of that
    /// operation.
    static let maximumPause = Duration.seconds(10)

    private let permits: Permits
    private let state: Mutex<State>
    private let clock: MonotonicClock
    private let sleep: @Sendable (Duration) async throws -> Void

    init(
        _ limits: ClerkClient.Limits,
        clock: MonotonicClock,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        permits = Permits(max(1, limits.concurrentRequests))
        state = Mutex(State(budget: CallBudget(perSecond: limits.requestsPerSecond, burst: limits.burst)))
        self.clock = clock
        self.sleep = sleep
    }

    /// Runs a request when its turn has come.
    ///
    /// - Throws: ``ClerkError`` if the task is cancelled, or if the turn would come after the deadline. Nothing was sent in these cases.
    func run<Value: Sendable>(
        until deadline: MonotonicInstant,
        isLimited: Bool,
        _ body: () async throws(ClerkError) -> Value
    ) async throws(ClerkError) -> Value {
        guard await permits.take(within: clock.now().duration(to: deadline)) else {
            throw Task.isCancelled
                ? .cancelled : ClerkError(.deadlineExceeded, "other requests took all of the time; nothing was sent")
        }
        defer { permits.giveBack() }
        if isLimited { try await waitForTurn(until: deadline) }
        return try await body()
    }

    /// Holds all requests back for a time that Clerk asked for, at most for ``maximumPause``.
    func pause(for duration: Duration) {
        let end = clock.now().advanced(by: min(duration, Self.maximumPause))
        state.withLock { $0.pausedUntil = max($0.pausedUntil, end) }
    }

    private func waitForTurn(until deadline: MonotonicInstant) async throws(ClerkError) {
        while true {
            if Task.isCancelled { throw .cancelled }
            let now = clock.now()
            let wait = state.withLock { state -> Duration? in
                let pause = now.duration(to: state.pausedUntil)
                return pause > .zero ? pause : state.budget.take(leaving: 0, at: now)
            }
            guard let wait else { return }
            guard now.advanced(by: wait) < deadline else {
                throw ClerkError(
                    .rateLimited,
                    "the budget of requests is used up for longer than the deadline; nothing was sent",
                    retryAfter: wait
                )
            }
            // A coarse clock may not advance within less than its step.
            do { try await sleep(max(wait, .milliseconds(1))) } catch { throw .cancelled }
        }
    }
}
