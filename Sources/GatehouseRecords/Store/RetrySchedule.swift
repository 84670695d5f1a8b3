/// The times of attempts after a failure: exponential back-off with full jitter, so that what failed together does not come back together.
public struct RetrySchedule: Sendable, Hashable {
    /// The longest wait after the first failure.
    public var base: Duration
    /// The longest wait of all.
    public var limit: Duration
    /// The number of attempts; after the last one the record is a dead letter.
    public var attempts: Int

    /// Makes a schedule. By default: up to 1 s after the first failure, twice as long after each further one, an hour at most, and 12
    /// attempts, some two hours in all.
    public init(base: Duration = .seconds(1), limit: Duration = .seconds(3_600), attempts: Int = 12) {
        self.base = base
        self.limit = limit
        self.attempts = max(1, attempts)
    }

    /// Returns the wait after a number of failed attempts: a random part of the longest wait; `nil` if there are no more attempts.
    public func wait(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration? {
        guard attempt < attempts else { return nil }
        var longest = base
        for _ in 1..<max(1, min(attempt, 63)) where longest < limit { longest = min(limit, longest * 2) }
        let (seconds, attoseconds) = min(longest, limit).components
        let microseconds = min(max(0, seconds), 1 << 40) * 1_000_000 + attoseconds / 1_000_000_000_000
        return .microseconds(Int64.random(in: 0...max(0, microseconds), using: &generator))
    }
}
