/// An instant of a ``MonotonicClock``: nanoseconds since an origin that the clock chooses.
public struct MonotonicInstant: Sendable, Hashable, Comparable {
    /// The nanoseconds since the origin.
    public let nanoseconds: UInt64

    /// Makes an instant.
    @inlinable
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Returns the instant that is later by a duration. The result is never before this instant, and is the last instant if the sum
    /// overflows.
    public func advanced(by duration: Duration) -> MonotonicInstant {
        let (seconds, attoseconds) = max(.zero, duration).clampedComponents  // neither is negative
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
        let (total, totalOverflow) = nanoseconds.addingReportingOverflow(sum)
        return MonotonicInstant(nanoseconds: overflow || sumOverflow || totalOverflow ? .max : total)
    }

    /// Returns the time until another instant; zero if the other instant is not later.
    public func duration(to later: MonotonicInstant) -> Duration {
        guard self < later else { return .zero }
        return .nanoseconds(Int64(clamping: later.nanoseconds - nanoseconds))
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
}
