#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where the civil time comes from. Injected, so that tests decide what time it is.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Timestamp

    /// A clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> Timestamp) {
        read = now
    }

    /// The time now.
    public func now() -> Timestamp { read() }

    /// The system's clock, which may be stepped.
    public static let system = WallClock {
        let time = clockTime(CLOCK_REALTIME)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec)) ?? .distantFuture
    }
}

/// Where elapsed time comes from. It never runs backwards.
public struct MonotonicClock: Sendable {
    private let read: @Sendable () -> MonotonicInstant

    /// A clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> MonotonicInstant) {
        read = now
    }

    /// The instant now.
    public func now() -> MonotonicInstant { read() }

    /// The system's coarse monotonic clock. On Linux: 3 to 11 ns to read, by the machine, in steps of about 4 ms, standing still
    /// while the machine sleeps.
    public static let system = MonotonicClock {
        #if canImport(Darwin)
        return MonotonicInstant(nanoseconds: clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW_APPROX))
        #else
        let time = clockTime(CLOCK_MONOTONIC_COARSE)
        return MonotonicInstant(
            nanoseconds: UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
                &+ UInt64(truncatingIfNeeded: time.tv_nsec)
        )
        #endif
    }
}

/// A point on a ``MonotonicClock``: nanoseconds since an origin of the clock's own.
public struct MonotonicInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds since the origin.
    public let nanoseconds: UInt64

    /// Makes an instant.
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

private func clockTime(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)  // fails only for a clock that the platform lacks; these it has
    return time
}
