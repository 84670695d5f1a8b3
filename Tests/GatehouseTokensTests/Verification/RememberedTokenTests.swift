import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("A remembered token is judged like a token that was never seen")
struct RememberedTokenTests {
    let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
    let pairs: (old: KeyPair, new: KeyPair)

    init() throws {
        pairs = try RemoteKeySetTests.pairs.get()
    }

    private func token(_ subject: String = "user_1", _ pair: KeyPair? = nil) throws -> String {
        let claims = TokenMinter.claims(subject: subject, at: clock.now, lifetime: .seconds(60))
        return try TokenMinter(keyPair: pair ?? pairs.old).token(claims: claims)
    }

    private func verifier(_ keys: any KeySource, remembering count: Int) throws -> TokenVerifier {
        try TokenVerifier(keys: keys, configuration: .init(rememberedTokens: count), clock: clock.wall)
    }

    /// The subject, or the reason for a refusal.
    private func outcome(_ verifier: TokenVerifier, _ token: String) async -> String {
        do throws(TokenError) {
            return try await verifier.verify(token).subject
        } catch {
            return error.code.rawValue
        }
    }

    @Test("a remembered token expires", arguments: [0, 1, 2, 100])
    func expiry(count: Int) async throws {
        let verifier = try verifier(try pairs.old.keySet, remembering: count)
        let token = try token()
        #expect(await outcome(verifier, token) == "user_1")
        clock.advance(by: .seconds(64))
        #expect(await outcome(verifier, token) == "user_1")
        clock.advance(by: .seconds(1))
        #expect(await outcome(verifier, token) == "token-expired")
        clock.step(to: clock.now.advanced(by: .seconds(-3_600)))
        #expect(await outcome(verifier, token) == "token-not-active-yet")
    }

    @Test("a remembered token goes with its key", arguments: [0, 100])
    func keys(count: Int) async throws {
        let source = ReplaceableKeySet(try pairs.old.keySet)
        let verifier = try verifier(source, remembering: count)
        let (old, new) = (try token(), try token("user_2", pairs.new))
        for _ in 0..<2 { #expect(await outcome(verifier, old) == "user_1") }
        try source.replace(with: try pairs.new.keySet)
        for _ in 0..<2 { #expect(await outcome(verifier, old) == "jwk-kid-mismatch") }
        for _ in 0..<2 { #expect(await outcome(verifier, new) == "user_2") }
        // A key of the same name that did not sign it.
        let other = try KeyPair(id: "old")
        try source.replace(with: try other.keySet)
        for _ in 0..<2 { #expect(await outcome(verifier, old) == "token-invalid-signature") }
        try source.replace(with: try pairs.old.keySet)
        for _ in 0..<2 { #expect(await outcome(verifier, old) == "user_1") }
    }

    @Test("a token with other bytes is another token")
    func bytes() async throws {
        let verifier = try verifier(try pairs.old.keySet, remembering: 100)
        let token = try token()
        #expect(await outcome(verifier, token) == "user_1")
        var other = Array(token.utf8)
        for index in stride(from: other.startIndex, to: other.endIndex, by: 7) {
            other[index] ^= 1
            #expect(await outcome(verifier, String(decoding: other, as: UTF8.self)) != "user_1")
            other[index] ^= 1
        }
        #expect(await outcome(verifier, token) == "user_1")
        #expect(await outcome(verifier, token + "A") != "user_1")
    }

    @Test("more tokens than are remembered all verify, from many tasks at once", arguments: [1, 2, 3, 10])
    func eviction(count: Int) async throws {
        let verifier = try verifier(try pairs.old.keySet, remembering: count)
        let tokens = try (0..<40).map { try token("user_\($0)") }
        await withTaskGroup { group in
            for task in 0..<4 {
                group.addTask {
                    for round in 0..<100 {
                        let place = (round * (task + 1)) % tokens.count
                        #expect(await outcome(verifier, tokens[place]) == "user_\(place)")
                    }
                }
            }
        }
    }

    @Test("a refused token is not remembered as accepted")
    func refused() async throws {
        let verifier = try verifier(try pairs.old.keySet, remembering: 100)
        let foreign = try token("user_1", KeyPair(id: "old"))
        for _ in 0..<3 { #expect(await outcome(verifier, foreign) == "token-invalid-signature") }
        let expired = try token()
        clock.advance(by: .seconds(3_600))
        for _ in 0..<3 { #expect(await outcome(verifier, expired) == "token-expired") }
    }
}
