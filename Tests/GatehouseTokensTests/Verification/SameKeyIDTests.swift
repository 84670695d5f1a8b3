import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import SharedVectors
import Testing

@Suite("Keys of one identifier are told apart by the token's algorithm")
struct SameKeyIDTests {
    static let keys = Result {
        try (
            rsa: KeyPair(id: "k"), otherRSA: KeyPair(id: "k"), p256: KeyPair(id: "k", algorithm: .es256),
            otherP256: KeyPair(id: "k", algorithm: .es256)
        )
    }
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)

    private func reason(_ jwks: [JSONValue], _ pair: KeyPair, header: JSONValue = [:]) throws -> String? {
        let set = try KeySet(jwks: JSONValue.object([JSONMember("keys", .array(jwks))]).utf8)
        let minter = TokenMinter(keyPair: pair)
        let claims = TokenMinter.claims(subject: "user_1", at: Self.now)
        let token = try minter.token(claims: claims, header: minter.header.replacing(header))
        let configuration = TokenVerifier.Configuration(algorithms: Set(SignatureAlgorithm.allCases))
        return try TokenVerifier(keys: set, configuration: configuration).reason(token, set, at: Self.now)
    }

    @Test("a key of another kind under the same identifier is no rival")
    func kinds() throws {
        let (rsa, _, p256, _) = try Self.keys.get()
        #expect(try reason([rsa.jwk, p256.jwk], rsa) == nil)
        #expect(try reason([rsa.jwk, p256.jwk], p256) == nil)
        let open: JSONValue = ["alg": nil]
        #expect(try reason([rsa.jwk.replacing(open), p256.jwk.replacing(open)], rsa) == nil)
        #expect(try reason([rsa.jwk.replacing(open), p256.jwk.replacing(open)], p256) == nil)
    }

    @Test("a key that is listed for several algorithms serves each of them")
    func algorithms() throws {
        var (rsa, _, p256, _) = try Self.keys.get()
        let jwks = ["RS256", "RS384", "PS512"].map { rsa.jwk.replacing(["alg": .string($0)]) }
        for algorithm in [SignatureAlgorithm.rs256, .rs384, .ps512] {
            rsa.algorithm = algorithm
            #expect(try reason(jwks, rsa) == nil)
        }
        rsa.algorithm = .rs512
        #expect(try reason(jwks, rsa) == "token-invalid-algorithm")
        #expect(try reason(jwks, p256) == "token-invalid-algorithm")
    }

    @Test("equal keys count as one, whatever else they say and in whichever form their numbers come")
    func equal() throws {
        let (rsa, _, p256, _) = try Self.keys.get()
        #expect(try reason([rsa.jwk, rsa.jwk], rsa) == nil)
        #expect(try reason(Array(repeating: p256.jwk, count: 100), p256) == nil)
        #expect(try reason([rsa.jwk, rsa.jwk.replacing(["x5t": "a", "use": nil])], rsa) == nil)
        #expect(try reason([rsa.jwk, rsa.jwk], rsa, header: ["kid": nil]) == nil)
    }

    @Test("keys that differ and both fit are refused, in either order")
    func ambiguous() throws {
        let (rsa, otherRSA, p256, otherP256) = try Self.keys.get()
        for jwks in [[rsa.jwk, otherRSA.jwk], [otherRSA.jwk, rsa.jwk], [rsa.jwk, rsa.jwk.replacing(["alg": nil])]] {
            #expect(try reason(jwks, rsa) == "jwk-kid-mismatch")
            #expect(try reason(jwks + [p256.jwk], p256) == nil)
        }
        #expect(try reason([p256.jwk, otherP256.jwk, p256.jwk], p256) == "jwk-kid-mismatch")
    }

    @Test("a token without an identifier needs exactly one usable key, whatever its algorithm")
    func withoutIdentifier() throws {
        let (rsa, _, p256, _) = try Self.keys.get()
        let nameless: JSONValue = ["kid": nil]
        #expect(try reason([rsa.jwk], rsa, header: nameless) == nil)
        #expect(try reason([rsa.jwk, p256.jwk], rsa, header: nameless) == "jwk-kid-mismatch")
        #expect(try reason([rsa.jwk, rsa.jwk.replacing(["kid": "l"])], rsa, header: nameless) == "jwk-kid-mismatch")
        #expect(try reason([p256.jwk], rsa, header: nameless) == "token-invalid-algorithm")
        #expect(try reason([rsa.jwk, ["kty": "oct"]], rsa, header: nameless) == nil)
    }

    @Test(
        "key sets that were met in practice have their expected answer",
        SharedVectors.trait,
        arguments: ["same-kid", "leading-zero"].flatMap { SharedVectors.rows("cases/\($0).json", "cases") }
    )
    func met(row: SharedVectors.Row) throws {
        let set = try KeySet(jwks: try #require(row["jwks"]).utf8)
        let token = try #require(row["token"]?.string)
        #expect(
            TokenVerifier(keys: set).reason(token, set, at: Timestamp(clampingSecondsSinceEpoch: 1_796_000_000)) == nil
        )
    }
}
