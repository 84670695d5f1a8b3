#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A source of civil time. Tests inject their own clock.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Timestamp

    /// Makes a clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> Timestamp) {
        read = now
    }

    /// Returns the current time.
    public func now() -> Timestamp { read() }

    /// The system's clock, which an administrator may set.
    public static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)  // fails only on a platform without this clock
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec)) ?? .distantFuture
    }
}
