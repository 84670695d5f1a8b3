/// A source of elapsed time, which never runs backwards.
public struct MonotonicClock: Sendable {
    @usableFromInline let read: @Sendable () -> MonotonicInstant
    /// The system's clock, which is read inline; `nil` for any other clock.
    @usableFromInline let coarse: CoarseClock?

    /// Makes a clock that asks `now` each time.
    public init(now: @escaping @Sendable () -> MonotonicInstant) {
        read = now
        coarse = nil
    }

    private init(_ clock: CoarseClock) {
        read = { clock.now }
        coarse = clock
    }

    /// Returns the current instant.
    @inlinable
    public func now() -> MonotonicInstant { coarse?.now ?? read() }

    /// The system's coarse monotonic clock. On Linux, a reading takes a few nanoseconds, the clock advances in steps of about 4 ms, and the
    /// clock stands still while the machine sleeps.
    public static let system = MonotonicClock(CoarseClock())
}
