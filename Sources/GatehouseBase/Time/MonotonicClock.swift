/// Where elapsed time comes from. It never runs backwards.
public struct MonotonicClock: Sendable {
    @usableFromInline let read: @Sendable () -> MonotonicInstant
    /// The same in line, if it is the system's.
    @usableFromInline let coarse: CoarseClock?

    /// A clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> MonotonicInstant) {
        read = now
        coarse = nil
    }

    private init(_ clock: CoarseClock) {
        read = { clock.now }
        coarse = clock
    }

    /// The instant now.
    @inlinable
    public func now() -> MonotonicInstant { coarse?.now ?? read() }

    /// The system's coarse monotonic clock. On Linux: a few nanoseconds to read, in steps of about 4 ms, standing still
    /// while the machine sleeps.
    public static let system = MonotonicClock(CoarseClock())
}

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
