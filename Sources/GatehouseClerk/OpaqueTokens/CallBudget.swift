/// The budget of calls in a time: a bucket of calls that is full at first, and fills at a steady rate.
struct CallBudget: Sendable {
    /// The time until there is another call in the bucket, in nanoseconds.
    private let interval: UInt64
    private let burst: Int
    /// The time at which the bucket is full again (the generic cell rate algorithm of ITU-T I.371).
    private var fullAt: UInt64 = 0

    /// Makes a full bucket.
    ///
    /// - Parameters:
    ///   - rate: The number of calls that the bucket gains each second, at least 1.
    ///   - burst: The number of calls in a full bucket, at least 1.
    init(perSecond rate: Int, burst: Int) {
        interval = 1_000_000_000 / UInt64(max(1, rate))
        self.burst = max(1, burst)
    }

    /// Takes a call, unless the bucket has no more calls than a reserve.
    ///
    /// - Returns: The time until there is a call to take; `nil` if a call was taken.
    mutating func take(leaving reserve: Int, at now: MonotonicInstant) -> Duration? {
        let missing = max(fullAt, now.nanoseconds) - now.nanoseconds
        let (wanted, isTooMuch) = missing.addingReportingOverflow(interval)
        let (room, isBoundless) = interval.multipliedReportingOverflow(by: UInt64(max(1, burst - max(0, reserve))))
        let (full, isTooLate) = now.nanoseconds.addingReportingOverflow(wanted)
        // A clock at its last instant has no meaning, so that the bucket is no longer filled.
        if isTooMuch || isTooLate { return .seconds(1) }
        if !isBoundless, wanted > room { return .nanoseconds(Int64(clamping: wanted - room)) }
        fullAt = full
        return nil
    }
}
