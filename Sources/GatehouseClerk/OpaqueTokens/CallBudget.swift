/// How many calls there may be in a time: a bucket of them that is full at first, and fills at a steady rate.
struct CallBudget: Sendable {
    /// How long it takes until there is one more, in nanoseconds.
    private let interval: UInt64
    private let burst: Int
    /// When the bucket is full again (the generic cell rate algorithm of ITU-T I.371).
    private var fullAt: UInt64 = 0

    /// - Parameters:
    ///   - rate: How many more there are each second, at least 1.
    ///   - burst: How many there are in a full bucket, at least 1.
    init(perSecond rate: Int, burst: Int) {
        interval = 1_000_000_000 / UInt64(max(1, rate))
        self.burst = max(1, burst)
    }

    /// Takes a call, unless there are no more than a reserve.
    ///
    /// - Returns: How long until there is one to take; `nil` if one was taken.
    mutating func take(leaving reserve: Int, at now: MonotonicInstant) -> Duration? {
        let missing = max(fullAt, now.nanoseconds) - now.nanoseconds
        let (wanted, isTooMuch) = missing.addingReportingOverflow(interval)
        let (room, isBoundless) = interval.multipliedReportingOverflow(by: UInt64(max(1, burst - max(0, reserve))))
        let (full, isTooLate) = now.nanoseconds.addingReportingOverflow(wanted)
        // A clock at its end tells no time: nothing fills the bucket any more.
        if isTooMuch || isTooLate { return .seconds(1) }
        if !isBoundless, wanted > room { return .nanoseconds(Int64(clamping: wanted - room)) }
        fullAt = full
        return nil
    }
}
