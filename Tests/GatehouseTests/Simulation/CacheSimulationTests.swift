import Foundation
import Gatehouse
import Testing

@Suite("A simulated cluster of caches never gives a wrong answer")
struct CacheSimulationTests {
    /// A failing seed alone: `GATEHOUSE_SEED=17 swift test --filter CacheSimulationTests`.
    @Test("no seed finds a stale answer, a second load, an entry too many or an index that leaks")
    func seeds() async throws {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["GATEHOUSE_SEED"].flatMap({ UInt64($0) }) {
            return #expect(try Self.violations(seed: seed) == [])
        }
        let count = environment["GATEHOUSE_SEEDS"].flatMap { UInt64($0) } ?? 10_000
        let violations = try await withThrowingTaskGroup { group in
            for half in 0..<2 as Range<UInt64> {
                group.addTask { try await Self.firstViolation(stride(from: half, to: count, by: 2)) }
            }
            return try await group.reduce(into: [String]()) { found, first in found += first.map { [$0] } ?? [] }
        }
        #expect(violations == [])
    }

    @Test("a seed has the same run again and again", arguments: 0..<20 as Range<UInt64>)
    func reproduction(seed: UInt64) throws {
        let runs = try (0..<2).map { _ in
            let simulation = try CacheSimulation(seed: seed)
            simulation.run(operations: 60)
            return simulation.answers
        }
        #expect(runs[0] == runs[1] && runs[0].count > 12)
    }

    /// Runs seeds in a thread of its own: those that all tests share are needed by tests that have deadlines.
    private static func firstViolation(_ seeds: StrideTo<UInt64>) async throws -> String? {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        for seed in seeds {
                            let violations = try violations(seed: seed)
                            if let first = violations.first {
                                return "seed \(seed): \(first), and \(violations.count - 1) more"
                            }
                        }
                        return nil
                    }
                )
            }
        }
    }

    private static func violations(seed: UInt64) throws -> [String] {
        let simulation = try CacheSimulation(seed: seed)
        simulation.run(operations: 60)
        return simulation.model.violations
    }
}
