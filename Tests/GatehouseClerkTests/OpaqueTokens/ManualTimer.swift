import Synchronization

/// Deadlines that come when they are told to.
final class ManualTimer: Sendable {
    private struct State {
        var isOver = false
        var sleepers: [AsyncStream<Void>.Continuation] = []
        var durations: [Duration] = []
    }

    private let state = Mutex(State())

    /// How long was to be slept so far.
    var durations: [Duration] { state.withLock { $0.durations } }

    /// Sleeps until the time is over, or until the task is cancelled.
    func sleep(_ duration: Duration) async {
        let (stream, sleeper) = AsyncStream.makeStream(of: Void.self)
        let isOver = state.withLock { state in
            state.durations.append(duration)
            if !state.isOver { state.sleepers.append(sleeper) }
            return state.isOver
        }
        if isOver { return }
        for await _ in stream {}
    }

    /// From now on the time of whoever sleeps is over.
    func fire() {
        let sleepers = state.withLock { state in
            state.isOver = true
            return state.sleepers
        }
        for sleeper in sleepers { sleeper.finish() }
    }

    /// Lets time be again, for who sleeps from now on.
    func reset() { state.withLock { ($0.isOver, $0.sleepers) = (false, []) } }
}
