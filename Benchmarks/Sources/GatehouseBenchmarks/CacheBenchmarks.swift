/// Checks of members whose permissions are remembered.
enum CacheBenchmarks {
    static func run() async throws -> [Measurement] {
        let hot = try await CachedCheck(members: 100)
        let long = try await CachedCheck(members: 100, suffix: String(repeating: "x", count: 40))
        let random = try await CachedCheck(members: 100_000)
        let (hotPlain, randomPlain) = (hot.plainCache(), random.plainCache())
        return try await measure(
            [
                Benchmark("cached, hot, typed permission", iterations: 100_000, promise: 90) { try hot.typed($0) },
                Benchmark("cached, hot, by strings", iterations: 100_000, promise: 120) { try hot.byStrings($0) },
                Benchmark("asked, hot, typed permission", iterations: 100_000, promise: 90) {
                    try await hot.askedTyped($0)
                },
                Benchmark("cached, hot, asked likewise", iterations: 100_000) { try hot.typedLikewise($0) },
                Benchmark("cached, hot, long ids", iterations: 100_000) { try long.byStrings($0) },
                Benchmark("cached, hot, plain dictionary", iterations: 20_000) { try hotPlain.dictionary($0) },
                Benchmark("cached, hot, plain actor", iterations: 20_000) { try await hotPlain.actor($0) },
                Benchmark("cached, hot, plain actor, two tasks", iterations: 20_000) {
                    try await hotPlain.actorByTwo($0)
                },
                Benchmark("cached, random, typed permission", iterations: 200_000, promise: 220) {
                    try random.typed($0)
                },
                Benchmark("cached, random, by strings", iterations: 200_000, promise: 300) {
                    try random.byStrings($0)
                },
                Benchmark("cached, random, plain dictionary", iterations: 200_000) { try randomPlain.dictionary($0) },
                Benchmark("cached, random, plain actor", iterations: 100_000) { try await randomPlain.actor($0) },
                Benchmark("cached, random, plain actor, two tasks", iterations: 100_000) {
                    try await randomPlain.actorByTwo($0)
                },
                Benchmark("cached, resolved principal", iterations: 500_000, promise: 15) {
                    try hot.byResolvedPrincipal($0)
                },
                Benchmark("cached, principal resolved anew", iterations: 20_000) { try await hot.resolving($0) },
                Benchmark("resolved check", iterations: 500_000) { try hot.resolved($0) },
                Benchmark("the clock read", iterations: 500_000) { try ClockReads.read($0) },
            ],
            rounds: 41
        )
    }
}
