import Foundation
import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Synchronization
import Testing

/// `make test-long` runs these with the thread sanitizer.
@Suite("Many tasks verify at once while keys come and go")
struct ConcurrencyTests {
    /// How many verifications each test makes: `GATEHOUSE_ITERATIONS`, by default 2,000.
    static let iterations = ProcessInfo.processInfo.environment["GATEHOUSE_ITERATIONS"].flatMap { Int($0) } ?? 2_000
    static let tasks = 8
    static let pairs = Result { try (0..<3).map { try KeyPair(id: "key-\($0)", algorithm: .es256) } }

    let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
    let pairs: [KeyPair]

    init() throws {
        pairs = try Self.pairs.get()
    }

    /// A token, and all that may be said of it while keys change.
    struct Sample: Sendable {
        let token: String
        let outcomes: Set<String>
    }

    private func samples() throws -> [Sample] {
        let claims = TokenMinter.claims(subject: "user_1", at: clock.now, lifetime: .seconds(1 << 30))
        let tokens = try pairs.map { try TokenMinter(keyPair: $0).token(claims: claims) }
        let parts = try #require(tokens.first).split(separator: ".")
        let forged = [parts[0], parts[1], try #require(tokens.last?.split(separator: ".").last)].joined(separator: ".")
        let unknown = try KeyPair(id: "unknown", algorithm: .es256)
        let expired = TokenMinter.claims(subject: "user_1", at: clock.now.advanced(by: .seconds(-3_600)))
        return tokens.map { Sample(token: $0, outcomes: ["user_1", "jwk-kid-mismatch"]) } + [
            Sample(token: forged, outcomes: ["token-invalid-signature", "jwk-kid-mismatch"]),
            Sample(token: try TokenMinter(keyPair: unknown).token(claims: claims), outcomes: ["jwk-kid-mismatch"]),
            Sample(
                token: try TokenMinter(keyPair: pairs[0]).token(claims: expired),
                outcomes: ["token-expired", "jwk-kid-mismatch"]
            ),
            Sample(token: "a.b.c", outcomes: ["token-invalid"]),
        ]
    }

    /// Verifies the samples in turn from many tasks, while `change` is called over and over.
    private func expectOutcomes(_ source: any KeySource, change: @escaping @Sendable (Int) async -> Void) async throws {
        // The clock goes on for as long as keys are loaded, and the tokens must not expire meanwhile.
        let configuration = TokenVerifier.Configuration(
            algorithms: [.es256],
            maximumLifetime: nil,
            rememberedTokens: 4
        )
        let verifier = try TokenVerifier(keys: source, configuration: configuration, clock: clock.wall)
        let samples = try samples()
        let accepted = await withTaskGroup(of: Int.self) { group in
            for task in 0..<Self.tasks {
                group.addTask {
                    var accepted = 0
                    for round in 0..<(Self.iterations / Self.tasks) {
                        let sample = samples[(round + task) % samples.count]
                        let outcome = await Self.outcome(verifier, sample.token)
                        if !sample.outcomes.contains(outcome) { Issue.record("\(outcome) and not \(sample.outcomes)") }
                        if outcome == "user_1" { accepted += 1 }
                        if round % 16 == 0 { await change(round / 16 + task) }
                    }
                    return accepted
                }
            }
            return await group.reduce(0, +)
        }
        #expect(accepted > 0)
    }

    private static func outcome(_ verifier: TokenVerifier, _ token: String) async -> String {
        do throws(TokenError) {
            return try await verifier.verify(token).subject
        } catch {
            return error.code.rawValue
        }
    }

    @Test("tokens are judged correctly while a host replaces the keys")
    func replaced() async throws {
        let sets = try pairs.map { try $0.keySet }
        let source = ReplaceableKeySet(sets[0])
        try await expectOutcomes(source) { number in
            #expect(throws: Never.self) { try source.replace(with: sets[number % sets.count]) }
        }
    }

    @Test("tokens are judged correctly while keys are loaded and run out")
    func loaded() async throws {
        let pairs = pairs
        let transport = InMemoryTransport { _, number in
            .json(KeyPair.jwks([pairs[number % pairs.count]]).description)
        }
        let source = try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json"),
            transport: transport,
            clock: clock.monotonic
        )
        let clock = clock
        try await expectOutcomes(source) { _ in clock.advance(by: .seconds(7)) }
        #expect(transport.requests.count > 1)
    }
}
