import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("Kinds of tokens are told apart before anything is verified")
struct TokenKindTests {
    @Test(
        "an opaque credential's kind follows from its prefix, in lower case",
        arguments: [
            ("mt_1", .m2m), ("oat_1", .oauth), ("ak_1", .apiKey), ("mt_", .m2m), ("MT_1", nil), ("xmt_1", nil),
            ("mt1", nil), ("sk_1", nil), ("oat", nil), ("", nil), (" ak_1", nil),
        ] as [(String, ClerkTokenKind?)]
    )
    func opaque(credential: String, kind: ClerkTokenKind?) {
        #expect(ClerkTokenKind(opaque: credential) == kind)
    }

    @Test(
        "a JWT's kind follows from its type, and then from its subject",
        arguments: [
            ("JWT", "user_1", .session), (nil, "user_1", .session), ("JWT", "mch_1", .m2m), (nil, "mch_1", .m2m),
            ("at+jwt", "user_1", .oauth), ("AT+JWT", "user_1", .oauth), ("application/at+jwt", "user_1", .oauth),
            ("at+jwt", "mch_1", .oauth), ("jwt", "MCH_1", .session), ("JWT", nil, .session),
        ] as [(JSONValue, JSONValue, ClerkTokenKind)]
    )
    func jwt(type: JSONValue, subject: JSONValue, kind: ClerkTokenKind) throws {
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        let claims = TokenMinter.claims(subject: "", at: Fixture.now, adding: ["sub": subject])
        let token = try minter.token(claims: claims, header: minter.header.replacing(["typ": type]))
        #expect(ClerkTokenKind(claimedBy: token) == kind)
        #expect(ClerkTokenKind(opaque: token) == nil)
    }

    @Test("a malformed JWT has no kind", arguments: ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30", "e30.W10.x", "ak_1"])
    func noJWT(text: String) {
        #expect(ClerkTokenKind(claimedBy: text) == nil)
    }

    @Test(
        "a route accepts the kinds of its list and no other",
        arguments: ClerkTokenKind.allCases,
        [[], [.session], [.m2m], [.oauth], [.apiKey], [.session, .apiKey], ClerkTokenKind.allCases]
    )
    func accepted(kind: ClerkTokenKind, kinds: [ClerkTokenKind]) async throws {
        let subject = kind == .m2m ? "mch_1" : "user_1"
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        let jwt = try minter.token(claims: TokenMinter.claims(subject: subject, at: Fixture.now))
        let outcome = try await Outcome(
            of: [.authorization: "Bearer \(kind.opaquePrefix.map { "\($0)1" } ?? jwt)"],
            .init(acceptedTokens: kinds),
            opaqueTokens: OpaqueTokenTests.Issuer(.success(OpaqueToken(id: "1", subject: subject)))
        )
        // A JWT without the type of access tokens is none, before its kind is asked.
        let refusal = kind == .session && kinds == [.oauth] ? "token-invalid" : "token-type-mismatch"
        #expect(outcome.text == (kinds.contains(kind) ? kind.rawValue : refusal))
    }

    @Test(
        "scopes come from a machine's words or audience, and from an OAuth token's list or words",
        arguments: [
            ("mch_1", ["scopes": "a b"], ["a", "b"]), ("mch_1", ["scopes": "", "aud": ["c"]], []),
            ("mch_1", ["aud": ["c", "d"]], ["c", "d"]), ("mch_1", ["aud": "c"], []), ("mch_1", ["scp": ["a"]], []),
            ("mch_1", [:], []), ("user_1", ["scp": ["a", "b"]], ["a", "b"]),
            ("user_1", ["scp": ["a"], "scope": "b"], ["a"]), ("user_1", ["scope": "a  b"], ["a", "b"]),
            ("user_1", ["scopes": "a"], []), ("user_1", [:], []),
        ] as [(String, JSONValue, [String])]
    )
    func scopes(subject: String, claims: JSONValue, scopes: [String]) throws {
        let all = TokenMinter.claims(subject: subject, at: Fixture.now, adding: claims)
        let type: JSONValue = subject == "mch_1" ? "JWT" : "at+jwt"
        let header: JSONValue = ["alg": "RS256", "kid": "test-key", "typ": type]
        #expect(try Fixture.token(all, header: header).scopes == scopes)
    }
}
