import SeededGenerator
import Synchronization

/// Runs the tasks that prefer it one job at a time, in an order that a seed decides.
final class SeededExecutor: TaskExecutor {
    private struct State {
        var ready: [UnownedJob] = []
        var random: SeededGenerator
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// Runs one of the jobs that are ready. False: there is none.
    func runOne() -> Bool {
        let job = state.withLock { state -> UnownedJob? in
            guard !state.ready.isEmpty else { return nil }
            return state.ready.remove(at: Int.random(in: state.ready.indices, using: &state.random))
        }
        job?.runSynchronously(on: asUnownedTaskExecutor())
        return job != nil
    }
}
