import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("Bugs of other verifiers in 2026 do not happen here")
struct TokenAdvisoryTests {
    private static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private static let pair = Result { try KeyPair() }

    private func token(_ claims: JSONValue) throws -> String {
        let claims = TokenMinter.claims(
            subject: "user_1",
            issuer: "https://id.example.com",
            at: Self.now,
            adding: claims
        )
        return try TokenMinter(keyPair: Self.pair.get()).token(claims: claims)
    }

    private func verifier(_ configuration: TokenVerifier.Configuration) throws -> TokenVerifier {
        try TokenVerifier(
            keys: try Self.pair.get().keySet,
            configuration: configuration,
            clock: ManualClock(Self.now).wall
        )
    }

    private func isAccepted(_ token: String, by verifier: TokenVerifier) async -> Bool {
        (try? await verifier.verify(token)) != nil
    }

    @Test(
        "a configured audience is never skipped (OpenFGA, CVE-2026-55689), whatever else is configured",
        arguments: [
            (nil, false), ("invoices", true), (["invoices"], true), (["other", "invoices"], true), ("other", false),
            ([], false), ("", false), ([""], false), ("INVOICES", false), (["invoices "], false), (.null, false),
            (7, false), (["invoices", 7], false), (["x": "invoices"], false), (.bool(true), false),
        ] as [(JSONValue?, Bool)],
        [TokenVerifier.Configuration(), .init(issuer: "https://id.example.com"), .init(maximumLifetime: nil)]
    )
    func audience(row: (claim: JSONValue?, isAccepted: Bool), configuration: TokenVerifier.Configuration) async throws {
        var configuration = configuration
        configuration.audiences = ["invoices"]
        let token = try token(row.claim.map { .object([JSONMember("aud", $0)]) } ?? [:])
        let verifier = try verifier(configuration)
        for _ in 0..<2 { #expect(await isAccepted(token, by: verifier) == row.isAccepted) }
    }

    @Test("a token that one verifier remembers is not taken for another's (SpiceDB, GHSA-4vrg-r928-h5vv)")
    func otherConfiguration() async throws {
        let token = try token(["aud": "invoices", "azp": "https://app.example.com"])
        let accepting = try verifier(.init())
        #expect(await isAccepted(token, by: accepting))
        for configuration: TokenVerifier.Configuration in [
            .init(audiences: ["other"]), .init(issuer: "https://other.example.com"), .init(algorithms: [.es256]),
            .init(authorizedParties: ["https://other.example.com"]), .init(maximumLifetime: .seconds(1)),
        ] {
            #expect(await !isAccepted(token, by: try verifier(configuration)))
        }
    }

    @Test("two tokens that differ in one byte anywhere share no answer from memory (fast-jwt, GHSA-rp9m-7r4c-75qg)")
    func collision() async throws {
        let verifier = try verifier(.init())
        let token = try token([:])
        #expect(await isAccepted(token, by: verifier))
        for place in stride(from: 0, to: token.utf8.count, by: 7) {
            var bytes = Array(token.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(await !isAccepted(String(decoding: bytes, as: UTF8.self), by: verifier), "byte \(place)")
        }
        #expect(await isAccepted(token, by: verifier))
    }
}
