import Gatehouse

/// The policy engine alone, by itself and over the published sizes.
enum PolicyBenchmarks {
    static func run() async throws -> [Measurement] {
        let engines = try ModelSize.all.map { ($0, try PolicyEngine($0.policy)) }
        let (allowed, denied) = (
            try ResolvedChecks("org:invoices:read", isAllowed: true),
            try ResolvedChecks("org:invoices:erase", isAllowed: false)
        )
        let resolved = try engines.map { size, engine in
            let checks = try ResolvedChecks(size, engine)
            return Benchmark("resolved, \(size.name)", iterations: 510_000, promise: 15, run: checks.resolved)
        }
        let uncached = try engines.map { size, engine in
            let decisions = try UncachedDecisions(size, engine)
            return Benchmark("uncached, \(size.name)", iterations: 51_000, promise: 300, run: decisions.uncached)
        }
        let five = try UncachedDecisions()
        let (with, without) = (try ConditionalRule(isConditional: true), try ConditionalRule(isConditional: false))
        return try await measure(
            [
                Benchmark("resolved, five grants, allowed", iterations: 510_000, promise: 15, run: allowed.resolved),
                Benchmark("resolved, five grants, denied", iterations: 510_000, promise: 15, run: denied.resolved),
                Benchmark("uncached, five grants", iterations: 51_000, promise: 300, run: five.uncached),
                Benchmark("uncached, role sets emptied", iterations: 1_700, run: five.emptied),
                Benchmark("decided, with reasons", iterations: 1_700, run: five.decided),
                Benchmark("sets united for each check", iterations: 20_000, run: NaiveRoles().naive),
                Benchmark("allowed by a condition", iterations: 20_000, run: with.onResource),
                Benchmark("allowed without a condition", iterations: 20_000, run: without.onResource),
            ] + resolved + uncached,
            rounds: 41
        )
    }
}
