public import GatehouseBase
import Synchronization

/// A clock that stands still until a test moves it. The clock has civil time and elapsed time.
public final class ManualClock: Sendable {
    private let state: Mutex<(time: Timestamp, elapsed: MonotonicInstant)>

    /// Makes a clock that shows this time.
    public init(_ time: Timestamp) {
        state = Mutex((time, MonotonicInstant(nanoseconds: 1_000_000_000)))
    }

    /// The civil time of the clock.
    public var now: Timestamp { state.withLock { $0.time } }

    /// The civil time as a wall clock.
    public var wall: WallClock { WallClock { self.now } }

    /// The elapsed time as a monotonic clock.
    public var monotonic: MonotonicClock { MonotonicClock { self.state.withLock { $0.elapsed } } }

    /// Moves both times forwards. A negative duration moves only the civil time, backwards.
    public func advance(by duration: Duration) {
        state.withLock { state in
            state = (state.time.advanced(by: duration), state.elapsed.advanced(by: duration))
        }
    }

    /// Sets the civil time, as an operator or a time server may do. The elapsed time does not change.
    public func step(to time: Timestamp) {
        state.withLock { $0.time = time }
    }
}
