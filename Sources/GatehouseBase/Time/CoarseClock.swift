#if canImport(Darwin)
public import Darwin
#elseif canImport(Glibc)
public import Glibc
#elseif canImport(Musl)
public import Musl
#endif

/// The system's monotonic clock whose reading costs least.
@usableFromInline
struct CoarseClock: Sendable {
    init() {}

    #if canImport(Darwin)
    @inlinable var now: MonotonicInstant {
        MonotonicInstant(nanoseconds: clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW_APPROX))
    }
    #else
    @inlinable var now: MonotonicInstant { Self.instant { clock_gettime(CLOCK_MONOTONIC_COARSE, $0) } }

    /// Returns the instant that `read` writes. If `read` fails, the result is the last instant, after which every remembered value has
    /// expired.
    @inlinable
    static func instant(_ read: (UnsafeMutablePointer<timespec>) -> CInt) -> MonotonicInstant {
        var time = timespec()
        guard read(&time) == 0 else { return MonotonicInstant(nanoseconds: .max) }
        return MonotonicInstant(
            nanoseconds: UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
                &+ UInt64(truncatingIfNeeded: time.tv_nsec)
        )
    }
    #endif
}
