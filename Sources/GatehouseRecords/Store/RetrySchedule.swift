/// The times of attempts after a failure: exponential back-off with full jitter, so that attempts that failed together are not repeated
/// together.
public struct RetrySchedule: Sendable, Hashable {
    /// The longest wait after the first failure.
    public var base: Duration
    /// The longest wait of all.
    public var limit: Duration
    /// The number of attempts. After the last attempt, the record is a dead letter.
    public var attempts: Int

    /// Makes a schedule. By default, the pause is up to 1 s after the first failure and doubles with each further failure, up to an hour.
    /// There are 12 attempts, which take about two hours.
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
