/// Where elapsed time comes from. It never runs backwards.
public struct MonotonicClock: Sendable {
    @usableFromInline
    enum Source: Sendable {
        /// The system's, which is read in line.
        case system(CoarseClock)
        case given(@Sendable () -> MonotonicInstant)
    }

    @usableFromInline let source: Source

    /// A clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> MonotonicInstant) {
        source = .given(now)
    }

    private init(_ clock: CoarseClock) {
        source = .system(clock)
    }

    /// The instant now.
    @inlinable
    public func now() -> MonotonicInstant {
        if case .system(let clock) = source { clock.now } else { asked }
    }

    /// What a clock that is given says: out of line, as is all that tests alone need.
    @inline(never)
    @usableFromInline var asked: MonotonicInstant {
        switch source {
        case .system(let clock): clock.now
        case .given(let read): read()
        }
    }

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

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
}
