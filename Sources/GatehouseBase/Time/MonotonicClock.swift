/// A source of elapsed time, which never runs backwards.
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
