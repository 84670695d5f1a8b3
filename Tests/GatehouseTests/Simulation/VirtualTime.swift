import Gatehouse
import GatehouseTesting
import Synchronization

/// Time that passes only when nothing else is left to do.
final class VirtualTime: Sendable {
    private struct Alarm {
        var time: Duration
        var action: @Sendable () -> Void
    }

    let clock = ManualClock(Timestamp(seconds: 1_800_000_000) ?? .distantPast)
    private let state = Mutex((now: Duration.zero, alarms: [Alarm]()))

    /// Since the beginning.
    var now: Duration { state.withLock { $0.now } }

    /// Does something at a time, after what was to be done then before.
    func at(_ time: Duration, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            let place = state.alarms.firstIndex { $0.time > time } ?? state.alarms.endIndex
            state.alarms.insert(Alarm(time: max(time, state.now), action: action), at: place)
        }
    }

    func sleep(_ duration: Duration) async {
        guard duration > .zero else { return }
        await withCheckedContinuation { continuation in at(now + duration) { continuation.resume() } }
    }

    /// Goes on to the next thing to do. False: there is none.
    func advance() -> Bool {
        let (alarm, elapsed) = state.withLock { state -> (Alarm?, Duration) in
            guard !state.alarms.isEmpty else { return (nil, .zero) }
            let alarm = state.alarms.removeFirst()
            let elapsed = alarm.time - state.now
            state.now = alarm.time
            return (alarm, elapsed)
        }
        guard let alarm else { return false }
        clock.advance(by: elapsed)
        alarm.action()
        return true
    }
}
