import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("The message about a claim says whether the claim is missing or wrong")
struct ClaimMessageTests {
    private static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private static let pair = Result { try KeyPair(algorithm: .es256) }

    private func message(
        _ claims: [JSONMember],
        _ configuration: TokenVerifier.Configuration
    ) async throws -> String {
        let pair = try Self.pair.get()
        var configuration = configuration
        configuration.algorithms = [.es256]
        let base: JSONValue = [
            "sub": "user_1", "iat": 1_800_000_000, "exp": 1_800_000_060, "iss": "https://token.example",
        ]
        let token = try TokenMinter(keyPair: pair).token(claims: base.replacing(.object(claims)))
        let verifier = try TokenVerifier(
            keys: try pair.keySet,
            configuration: configuration,
            clock: ManualClock(Self.now).wall
        )
        let error = await #expect(throws: TokenError.self) { try await verifier.verify(token) }
        let text = error.map { "\($0.code): \($0.message)" } ?? ""
        // No claim of the token is told.
        #expect(!text.contains("token.example") && !text.contains("other.example"))
        return text
    }

    @Test("each fault has a sentence of its own")
    func sentences() async throws {
        let parties = TokenVerifier.Configuration(authorizedParties: ["https://app.example"])
        let audiences = TokenVerifier.Configuration(audiences: ["invoices"])
        let issuer = TokenVerifier.Configuration(issuer: "https://clerk.example")
        let azp = [JSONMember("azp", "https://other.example")]
        #expect(
            [
                try await message([], parties), try await message(azp, parties), try await message([], audiences),
                try await message([JSONMember("aud", "https://other.example")], audiences),
                try await message([], issuer),
            ] == [
                #"token-invalid-authorized-parties: the token has no "azp", and authorized parties are configured"#,
                #"token-invalid-authorized-parties: the token's "azp" is not a configured authorized party"#,
                #"token-verification-failed: the token has no "aud", and audiences are configured"#,
                #"token-verification-failed: the token's "aud" has no configured audience"#,
                #"token-invalid-issuer: the token's "iss" differs from the configured issuer: “https://clerk.example”"#,
            ]
        )
    }

    @Test("a missing issuer is told as missing")
    func withoutIssuer() async throws {
        let pair = try Self.pair.get()
        let configuration = TokenVerifier.Configuration(algorithms: [.es256], issuer: "https://clerk.example")
        let claims: JSONValue = ["sub": "user_1", "iat": 1_800_000_000, "exp": 1_800_000_060]
        let verifier = try TokenVerifier(
            keys: try pair.keySet,
            configuration: configuration,
            clock: ManualClock(Self.now).wall
        )
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let error = await #expect(throws: TokenError.self) { try await verifier.verify(token) }
        #expect(
            error?.message == #"the token has no "iss", and needs the configured issuer: “https://clerk.example”"#
        )
        #expect(
            error?.description
                == #"token-invalid-issuer: the token has no "iss", and needs the configured issuer"#
        )
    }
}
