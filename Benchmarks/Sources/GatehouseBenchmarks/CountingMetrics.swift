import CoreMetrics
import Synchronization

/// A metrics backend that does what those of servers do: a number for each counter, and the buckets of a histogram for each timer.
struct CountingMetrics: MetricsFactory {
    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { Count() }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { Buckets() }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
}

private final class Count: CounterHandler {
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
}

private final class Buckets: TimerHandler {
    private static let limits: [Int64] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, .max]
    private let state = Mutex((counts: [Int](repeating: 0, count: limits.count), sum: 0.0))

    func recordNanoseconds(_ duration: Int64) {
        state.withLock { state in
            guard let bucket = Self.limits.firstIndex(where: { duration <= $0 }) else { return }
            state.counts[bucket] += 1
            state.sum += Double(duration)
        }
    }
}
