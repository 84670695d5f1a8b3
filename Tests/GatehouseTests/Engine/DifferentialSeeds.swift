import Foundation

/// How much the differential tests do. Each seed stands for the same decisions on every machine and in every run.
enum DifferentialSeeds {
    static let policies = 10
    static let edits = 4
    static let checks = 20
    static let decisionsEach = policies * (edits + 1) * checks

    /// `GATEHOUSE_SEED` alone, to repeat a failure; else as many as `GATEHOUSE_DECISIONS` needs, by default 100,000.
    static let all: [UInt64] = {
        if let seed = number("GATEHOUSE_SEED") { return [seed] }
        let decisions = max(1, number("GATEHOUSE_DECISIONS") ?? 100_000)
        return Array(1...(decisions - 1) / UInt64(decisionsEach) + 1)
    }()

    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }
}
