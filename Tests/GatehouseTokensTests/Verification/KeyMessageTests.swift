import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import SharedVectors
import Testing

@Suite("The reason that no key of a set fits is told")
struct KeyMessageTests {
    static let now = SameKeyIDTests.now

    private func error(_ keys: KeySet, _ token: String, at time: Timestamp = now) throws -> TokenError {
        let error = #expect(throws: TokenError.self) {
            try TokenVerifier(keys: keys).verify(token, with: keys, at: time)
        }
        return try #require(error)
    }

    private func message(_ jwks: [JSONValue], header: JSONValue = [:]) throws -> String {
        let minter = TokenMinter(keyPair: try SameKeyIDTests.keys.get().rsa)
        let token = try minter.token(claims: [:], header: minter.header.replacing(header))
        let error = try error(try KeySet(jwks: JSONValue.object([JSONMember("keys", .array(jwks))]).utf8), token)
        #expect(error.code == .keyMismatch)
        return error.message
    }

    @Test("no key, a refused key and several keys have a sentence each")
    func sentences() throws {
        let (rsa, otherRSA, p256, _) = try SameKeyIDTests.keys.get()
        let weak = rsa.jwk.replacing(["e": "Aw"])
        let reason = "is not used: the RSA exponent must be odd and from 65537 to 2^32 - 1"
        #expect(try message([p256.jwk], header: ["kid": "x"]) == "no key of the set has the token's key id: “x”")
        #expect(try message([weak]) == "a key with the token's key id is in the set, and \(reason): “k”")
        #expect(try message([rsa.jwk, otherRSA.jwk]).hasPrefix("more than one key of the set has the token's key id"))
        #expect(
            try message([rsa.jwk.replacing(["kid": 7])]).contains("one that has no readable id is not used: \"kid\"")
        )
    }

    @Test("the message for a token without identifier says how many keys there are, and why none fits")
    func nameless() throws {
        let rsa = try SameKeyIDTests.keys.get().rsa
        let nameless: JSONValue = ["kid": nil]
        #expect(try message([], header: nameless).contains("has no usable key"))
        #expect(try message([rsa.jwk.replacing(["use": "enc"])], header: nameless).contains("\"use\" is not \"sig\""))
        let two = [rsa.jwk, rsa.jwk.replacing(["kid": "l"])]
        #expect(try message(two, header: nameless).contains("more than one usable key"))
    }

    @Test("a PEM key that is not used is named with the reason")
    func pem() throws {
        let keys = try KeySet(pem: try KeyPair(bits: 1_024).pem)
        let token = try TokenMinter(keyPair: try SameKeyIDTests.keys.get().rsa).token(claims: [:])
        #expect(try error(keys, token).message.contains("1024 bits"))
    }

    @Test(
        "each fault of a key that was met in practice is named",
        SharedVectors.trait,
        arguments: SharedVectors.rows("cases/refused-key.json", "cases")
    )
    func met(row: SharedVectors.Row) throws {
        let keys = try KeySet(jwks: try #require(row["jwks"]).utf8)
        let token = try #require(row["token"]?.string)
        guard keys.keys.isEmpty else { return }  // numbers that begin with a zero octet are taken by now
        let error = try error(keys, token, at: Timestamp(clampingSecondsSinceEpoch: 1_796_000_000))
        #expect(error.code == .keyMismatch)
        #expect(error.message.contains(try #require(keys.refused.first).reason))
    }

    /// With null the claim is missing.
    @Test(
        "a claim that is missing or of a wrong type is named",
        arguments: [
            ("sid", 1), ("sub", 1), ("sub", ""), ("sub", nil), ("azp", []), ("iss", 7), ("exp", "1"), ("exp", nil),
            ("aud", 1), ("aud", [1]), ("nbf", "x"), ("iat", true),
        ] as [(String, JSONValue)]
    )
    func claims(name: String, value: JSONValue) throws {
        let pair = try SameKeyIDTests.keys.get().rsa
        let claims = TokenMinter.claims(subject: "user_1", at: Self.now, adding: .object([JSONMember(name, value)]))
        let profile = TokenProfile(types: ["JWT"], allowsMissingType: true, stringClaims: ["sts", "sid"])
        let keys = try pair.keySet
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let error = #expect(throws: TokenError.self) {
            try TokenVerifier(keys: keys, configuration: .init(profile: profile))
                .verify(token, with: keys, at: Self.now)
        }
        #expect(error?.code == .verificationFailed)
        #expect(error?.message.contains("\"\(name)\"") == true)
        #expect(error?.message.contains("missing") == (value == .null))
    }
}
