import GatehouseTokens
import Testing

@Suite("Code outside of the package can meet its protocols, and fake its values")
struct OutsiderTests {
    private struct Vault: KeySource {
        func keysAtHand() -> KeySet? { nil }
        func keys() async throws(TokenError) -> KeySet {
            throw TokenError(.remoteKeysFailedToLoad, "the vault is\nsealed", retryAfter: .seconds(7))
        }
        func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { nil }
    }

    @Test("a key source of one's own throws its error")
    func keySource() async throws {
        let token = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"
        let error = await #expect(throws: TokenError.self) { try await TokenVerifier(keys: Vault()).verify(token) }
        #expect(error?.code == .remoteKeysFailedToLoad && error?.isUnavailable == true)
        #expect(error?.retryAfter == .seconds(7) && error?.message == #"the vault is\u{a}sealed"#)
    }

    @Test("errors and refusals may have codes of one's own")
    func codes() {
        let code = KeySetError.Code(rawValue: "vault-sealed")
        #expect(KeySetError(code, "sealed").code == code && code.description == "vault-sealed")
        let refusal = KeySet.Refusal(index: 1, id: "a", .init(rawValue: "vault-key-old"), "it is old")
        #expect(refusal.code.rawValue == "vault-key-old" && "\(refusal)" == "key 1 “a”: it is old")
        #expect(SettingError(.missing, "url", "must be there").description == "url: must be there")
    }

    @Test("a verified token is faked by its claims")
    func token() throws {
        let token = try VerifiedToken(
            unverifiedClaims: [
                "sub": "user_1", "exp": 1_800_000_000, "iss": "https://id.example.com", "org": ["id": "o"],
            ],
            header: ["kid": "a"]
        )
        #expect(token.subject == "user_1" && token.issuer == "https://id.example.com")
        #expect(token.claim(at: ["org", "id"]) == "o")
        #expect(token.expiresAt == Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
    }

    @Test(
        "a verified token cannot be faked by claims that no token has",
        arguments: [
            [:], ["sub": "user_1"], ["sub": "", "exp": 1], ["sub": 1, "exp": 1], ["sub": "a", "exp": "1"],
            ["sub": "a", "exp": 1, "iss": 1], [],
        ] as [JSONValue]
    )
    func noToken(claims: JSONValue) {
        #expect(throws: TokenError.self) { try VerifiedToken(unverifiedClaims: claims) }
    }
}
