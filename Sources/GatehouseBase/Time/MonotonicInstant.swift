/// A point on a ``MonotonicClock``: nanoseconds since an origin of the clock's own.
public struct MonotonicInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds since the origin.
    public let nanoseconds: UInt64

    /// Makes an instant.
    @inlinable
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// The instant so much later: never before this one, and the last one where it would overflow.
    public func advanced(by duration: Duration) -> MonotonicInstant {
        let (seconds, attoseconds) = max(.zero, duration).clampedComponents  // neither is negative
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
        let (total, totalOverflow) = nanoseconds.addingReportingOverflow(sum)
        return MonotonicInstant(nanoseconds: overflow || sumOverflow || totalOverflow ? .max : total)
    }

    /// How long it is until another instant; zero if that one is no later.
    public func duration(to later: MonotonicInstant) -> Duration {
        guard self < later else { return .zero }
        return .nanoseconds(Int64(clamping: later.nanoseconds - nanoseconds))
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
}
