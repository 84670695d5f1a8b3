/// Tokens that nobody has seen, the same token again, and what is no token at all.
enum TokenBenchmarks {
    /// Many and short: the host leaves some of each benchmark alone.
    private static let rounds = 401

    static func run() async throws -> [Measurement] {
        let cold = try ColdVerification()
        let jwtKit = try await cold.jwtKit()
        let warm = try WarmVerification()
        let (claims, store) = (
            try await RememberedRequest(hasStore: false), try await RememberedRequest(hasStore: true)
        )
        let measurements = try await measure(
            [
                Benchmark("RS256, libcrypto alone", iterations: 200) { try cold.libcrypto($0) },
                Benchmark("RS256, cold, token to claims", iterations: 200) { try cold.ours($0) },
                Benchmark("RS256, jwt-kit", iterations: 100, run: jwtKit),
            ],
            rounds: rounds
        )
        return try await measurements
            + measure(
                [
                    Benchmark("SHA-256 of a token", iterations: 2_000) { try warm.sha256($0) },
                    Benchmark("remembered token", iterations: 2_000) { try await warm.again($0) },
                    Benchmark("guarded request", iterations: 2_000) { try await claims.guarded($0) },
                    Benchmark("guarded request, a store", iterations: 2_000) { try await store.guarded($0) },
                    Benchmark("guarded request, made anew", iterations: 2_000) { try await claims.whole($0) },
                    Benchmark("refused: no token", iterations: 5_000, promise: 1_000) { try await warm.garbage($0) },
                    Benchmark("refused: wrong algorithm", iterations: 2_000, promise: 1_000) {
                        try await warm.wrongAlgorithm($0)
                    },
                    Benchmark("refused: unknown kid", iterations: 2_000, promise: 1_000) {
                        try await warm.unknownKey($0)
                    },
                ],
                rounds: rounds
            )
    }
}
