import CAllocations

/// One thing that is measured: a name and a closure that does it so many times.
struct Benchmark {
    let name: String
    /// How many times it is done in one round.
    let iterations: Int
    /// How many nanoseconds one time may take by what is promised; `nil`: nothing is.
    let promise: Double?
    let run: (Int) async throws -> Void

    init(
        _ name: String,
        iterations: Int,
        promise: Double? = nil,
        run: @escaping (Int) async throws -> Void
    ) {
        self.name = name
        self.iterations = iterations
        self.promise = promise
        self.run = run
    }
}

/// What the rounds of one benchmark gave.
struct Measurement {
    let name: String
    let promise: Double?
    /// Nanoseconds for one time, a value a round.
    var nanoseconds: [Double] = []
    /// Allocations for one time, the fewest of all rounds: the runtime's own background work only adds.
    var allocations = Double.infinity

    var median: Double { nanoseconds.median }

    /// The ratio of the fastest rounds, which ran side by side with the other's. Processors whose other half has another tenant
    /// slow some kinds of work more than others, for minutes: in the median that is 1.5 at times where the fastest rounds have 1.1.
    func ratio(to other: Measurement) -> Double? {
        guard let own = nanoseconds.min(), let other = other.nanoseconds.min() else { return nil }
        return own / other
    }
}

/// Runs benchmarks side by side: each round runs every one of them once.
func measure(_ benchmarks: [Benchmark], rounds: Int) async throws -> [Measurement] {
    var measurements = benchmarks.map { Measurement(name: $0.name, promise: $0.promise) }
    for round in -1..<rounds {  // the first warms up and does not count
        for (index, benchmark) in benchmarks.enumerated() {
            // What the one before it left in the processor's cache is not its own cost.
            try await benchmark.run(benchmark.iterations / 2)
            let allocations = allocations_made()
            let start = ContinuousClock.now
            try await benchmark.run(benchmark.iterations)
            let elapsed = ContinuousClock.now - start
            guard round >= 0 else { continue }
            let made = Double(allocations_made() - allocations) / Double(benchmark.iterations)
            measurements[index].nanoseconds.append(elapsed / .nanoseconds(1) / Double(benchmark.iterations))
            measurements[index].allocations = min(measurements[index].allocations, made)
        }
    }
    return measurements
}

extension [Double] {
    fileprivate var median: Double {
        let sorted = sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}
