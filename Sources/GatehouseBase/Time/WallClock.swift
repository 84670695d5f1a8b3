#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A source of civil time. Injected, so that tests decide what time it is.
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
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)  // fails only for a clock that the platform lacks; this it has
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec)) ?? .distantFuture
    }
}
