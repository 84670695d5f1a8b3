import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("Keys that the host replaces serve from then on, and a bad set replaces no key")
struct ReplaceableKeySetTests {
    private func ids(_ source: ReplaceableKeySet) -> [String?] { source.keysAtHand()?.keys.map(\.id) ?? [] }

    @Test("a token of the new key verifies, and a token of the old key no longer does")
    func replacement() async throws {
        let pairs = try RemoteKeySetTests.pairs.get()
        let source = ReplaceableKeySet(try pairs.old.keySet)
        let verifier = TokenVerifier(keys: source)
        func verifies(_ pair: KeyPair) async throws -> Bool {
            let claims = TokenMinter.claims(subject: "user_1", at: WallClock.system.now())
            let token = try TokenMinter(keyPair: pair).token(claims: claims)
            return (try? await verifier.verify(token)) != nil
        }
        #expect(try await verifies(pairs.old))
        #expect(try await !verifies(pairs.new))
        try source.replace(withJWKS: pairs.new.jwks.utf8)
        #expect(try await !verifies(pairs.old))
        #expect(try await verifies(pairs.new))
    }

    @Test(
        "a set without a usable key and a malformed set change nothing",
        arguments: [
            #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"AA"}]}"#, "", "{}", #"{"keys":[],"keys":[]}"#, "\u{FEFF}{}",
        ]
    )
    func refused(text: String) throws {
        try expectRefusal(text)
    }

    @Test("a set of too many bytes changes nothing")
    func tooLarge() throws {
        try expectRefusal(#"{"keys":[]}"# + String(repeating: " ", count: 262_145))
    }

    private func expectRefusal(_ text: String) throws {
        let source = ReplaceableKeySet(try RemoteKeySetTests.pairs.get().old.keySet)
        #expect(throws: KeySetError.self) { try source.replace(withJWKS: Array(text.utf8)) }
        #expect(ids(source) == ["old"])
    }

    @Test("a verifier that missed a key is given the set that came meanwhile, but only once")
    func newer() async throws {
        let pairs = try RemoteKeySetTests.pairs.get()
        let source = ReplaceableKeySet(try pairs.old.keySet)
        let first = try await source.keys()
        #expect(try await source.keys(newerThan: first)?.keys.count == nil)
        try source.replace(with: try pairs.new.keySet)
        let second = try #require(try await source.keys(newerThan: first))
        #expect(second.keys.map(\.id) == ["new"])
        #expect(try await source.keys(newerThan: second)?.keys.count == nil)
    }
}
