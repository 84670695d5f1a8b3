#if Server
import Foundation
import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import TestSupport
import Testing

@Suite("gatehouse token verify: each step of the checks has its reason, and the first that fails is told")
struct TokenReasonTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let options: [String]
        let header: JSONValue
        let claims: JSONValue
        let change: @Sendable (String) -> String
        /// `nil` if the token is good.
        let reason: String?

        init(
            _ name: String,
            _ reason: String?,
            _ options: String...,
            header: JSONValue = [:],
            claims: JSONValue = [:],
            change: @escaping @Sendable (String) -> String = { $0 }
        ) {
            testDescription = name
            self.options = options
            (self.header, self.claims, self.change, self.reason) = (header, claims, change, reason)
        }
    }

    private static let session: JSONValue = "cl_B7d4PD111AAA"
    private static let machine: JSONValue = "cl_B7d4PD333AAA"
    private static let neutral: JSONValue = "cl_I7d4PD111III"
    private static let template: JSONValue = "cl_B7d4PD222AAA"
    private static let now = 1_800_000_000

    static let shapes: [Row] = [
        Row("an ordinary token", nil), Row("empty", "token-invalid", change: { _ in "" }),
        Row("two parts", "token-invalid", change: { $0.split(separator: ".").prefix(2).joined(separator: ".") }),
        Row("four parts", "token-invalid", change: { $0 + "." }),
        Row("padding", "token-invalid", change: { $0 + "=" }),
        Row("a header that is no object", "token-invalid", change: { part(0, of: $0, "[]") }),
        Row(
            "a header with a member twice",
            "token-invalid",
            change: { part(0, of: $0, #"{"alg":"RS256","alg":"RS256"}"#) }
        ),
        Row("`crit`", "token-invalid", header: ["crit": ["exp"]]),
        Row("`b64`", "token-invalid", header: ["b64": false]),
        Row("no `typ`", nil, header: ["typ": nil]), Row("`typ` in another case", nil, header: ["typ": "jwt"]),
        Row("the `typ` of OAuth", "token-invalid", header: ["typ": "at+jwt"]),
        Row("no `typ`, as OAuth", "token-invalid", "--type", "oauth", header: ["typ": nil]),
        Row("the `typ` of a session, as OAuth", "token-invalid", "--type", "oauth"),
        Row("the `typ` of OAuth, as OAuth", nil, "--type", "oauth", header: ["typ": "AT+JWT"]),
        Row("its long form", nil, "--type", "oauth", header: ["typ": "application/at+jwt"]),
        Row("the `typ` of OAuth, as any", nil, "--type", "any", header: ["typ": "at+jwt"]),
        Row("no `typ`, as any", nil, "--type", "any", header: ["typ": nil]),
        Row("another `typ`, as any", "token-invalid", "--type", "any", header: ["typ": "x"]),
        Row("a machine's category", "token-invalid", header: ["cat": machine]),
        Row(
            "a machine's category, as OAuth",
            "token-invalid",
            "--type",
            "oauth",
            header: ["typ": "at+jwt", "cat": machine]
        ),
        Row("a number as `kid`", "token-invalid", header: ["kid": 1]),
        Row("an empty `kid`", "token-invalid", header: ["kid": ""]),
        Row("shape before category", "token-invalid", header: ["cat": template, "kid": 1]),
    ]

    static let keys: [Row] = [
        Row("a session's category", nil, header: ["cat": session]),
        Row("the neutral category", nil, header: ["cat": neutral]),
        Row("a template's category", "token-type-mismatch", header: ["cat": template]),
        Row("a number as category", "token-type-mismatch", header: ["cat": 1]),
        Row(
            "a session's category, as a machine",
            "token-type-mismatch",
            "--type",
            "m2m",
            header: ["cat": session],
            claims: ["sub": "mch_1"]
        ),
        Row(
            "a machine's category, as a machine",
            nil,
            "--type",
            "m2m",
            header: ["cat": machine],
            claims: ["sub": "mch_1"]
        ),
        Row("a machine's category, as any", nil, "--type", "any", header: ["cat": machine], claims: ["sub": "mch_1"]),
        Row("a session's category, as any", nil, "--type", "any", header: ["cat": session]),
        Row("a template's category, as any", "token-type-mismatch", "--type", "any", header: ["cat": template]),
        Row("category before algorithm", "token-type-mismatch", header: ["cat": template, "alg": "none"]),
        Row("no `alg`", "token-invalid-algorithm", header: ["alg": nil]),
        Row("`none`", "token-invalid-algorithm", header: ["alg": "none"]),
        Row("HMAC", "token-invalid-algorithm", header: ["alg": "HS256"]),
        Row("an algorithm that is not allowed", "token-invalid-algorithm", header: ["alg": "RS512"]),
        Row("RS256 where another is allowed", "token-invalid-algorithm", "--algorithm", "ES256"),
        Row(
            "an allowed one that is not the key's",
            "token-invalid-algorithm",
            "--algorithm",
            "ES256",
            header: ["alg": "ES256"]
        ),
        Row("algorithm before key", "token-invalid-algorithm", header: ["alg": "none", "kid": "x"]),
        Row("another `kid`", "jwk-kid-mismatch", header: ["kid": "x"]),
        Row("no `kid`, one key", nil, header: ["kid": nil]),
        Row("key before signature", "jwk-kid-mismatch", header: ["kid": "x"], change: forged),
        Row("another signature", "token-invalid-signature", change: forged),
        Row("signature before claims", "token-invalid-signature", claims: ["exp": nil], change: forged),
    ]

    static let claims: [Row] = [
        Row("a machine's subject", "token-type-mismatch", claims: ["sub": "mch_1"]),
        Row("a machine's subject, as a machine", nil, "--type", "m2m", claims: ["sub": "mch_1"]),
        Row("a user's subject, as a machine", "token-type-mismatch", "--type", "m2m"),
        Row(
            "a machine's subject, as OAuth",
            "token-type-mismatch",
            "--type",
            "oauth",
            header: ["typ": "at+jwt"],
            claims: ["sub": "mch_1"]
        ),
        Row("either subject, as any", nil, "--type", "any", claims: ["sub": "mch_1"]),
        Row("no `sub`", "token-verification-failed", claims: ["sub": nil]),
        Row("an empty `sub`", "token-verification-failed", claims: ["sub": ""]),
        Row("no `exp`", "token-verification-failed", claims: ["exp": nil]),
        Row("a text as `exp`", "token-verification-failed", claims: ["exp": "9999999999"]),
        Row("a text as `nbf`", "token-verification-failed", claims: ["nbf": "0"]),
        Row("a text as `iat`", "token-verification-failed", claims: ["iat": "0"]),
        Row("no `nbf`, no `iat`", nil, claims: ["nbf": nil, "iat": nil]),
        Row("a number as `iss`", "token-verification-failed", claims: ["iss": 1]),
        Row("a number as `azp`", "token-verification-failed", claims: ["azp": 1]),
        Row("a number as `sid`", "token-verification-failed", claims: ["sid": 1]),
        Row("a number as `sts`", "token-verification-failed", claims: ["sts": 1]),
        Row("a number as `aud`", "token-verification-failed", claims: ["aud": 1]),
        Row("a list of numbers as `aud`", "token-verification-failed", claims: ["aud": [1]]),
        Row(
            "other claims of an odd form",
            nil,
            claims: ["v": 2, "o": 1, "fea": [], "pla": 7, "fva": "1,2", "act": "x"]
        ),
        Row("the issuer", nil, "--issuer", "https://a", claims: ["iss": "https://a"]),
        Row("another issuer", "token-invalid-issuer", "--issuer", "https://a", claims: ["iss": "https://a/"]),
        Row("no issuer", "token-invalid-issuer", "--issuer", "https://a"),
        Row("issuer before audience", "token-invalid-issuer", "--issuer", "a", "--audience", "b"),
        Row("one of the audiences", nil, "--audience", "a", "--audience", "b", claims: ["aud": ["x", "b"]]),
        Row("another audience", "token-verification-failed", "--audience", "a", claims: ["aud": "A"]),
        Row("no audience", "token-verification-failed", "--audience", "a"),
        Row("one of the parties", nil, "--authorized-party", "a", "--authorized-party", "b", claims: ["azp": "b"]),
        Row("another party", "token-invalid-authorized-parties", "--authorized-party", "a", claims: ["azp": "b"]),
        Row("no party", "token-invalid-authorized-parties", "--authorized-party", "a"),
        Row("an empty party", "token-invalid-authorized-parties", "--authorized-party", "", claims: ["azp": ""]),
        Row("party before time", "token-invalid-authorized-parties", "--authorized-party", "a", claims: ["exp": 0]),
        Row("expired at the skew", "token-expired", claims: ["exp": number(-5)]),
        Row("not expired within the skew", nil, claims: ["exp": number(-4.5)]),
        Row("expired at once without skew", "token-expired", "--clock-skew", "0", claims: ["exp": number(0)]),
        Row("active at the skew", nil, claims: ["nbf": number(5)]),
        Row("not active beyond the skew", "token-not-active-yet", claims: ["nbf": number(5.5)]),
        Row("issued beyond the skew", "token-iat-in-the-future", claims: ["iat": number(5.5)]),
        Row(
            "a longer skew",
            nil,
            "--clock-skew",
            "6.5",
            claims: ["iat": number(6), "nbf": number(6), "exp": number(-6)]
        ),
        Row("expiry first", "token-expired", claims: ["exp": 1, "nbf": number(60), "iat": number(60)]),
        Row("`nbf` before `iat`", "token-not-active-yet", claims: ["nbf": number(60), "iat": number(60)]),
    ]

    @Test("a fault of shape or header has its reason", arguments: shapes)
    func shape(row: Row) async throws { try await expect(row) }

    @Test("a fault of category, algorithm, key or signature has its reason", arguments: keys)
    func key(row: Row) async throws { try await expect(row) }

    @Test("a fault of claims or times has its reason", arguments: claims)
    func claim(row: Row) async throws { try await expect(row) }

    @Test(
        "a payload that is no object with unique members is invalid",
        arguments: [
            "[]", "1", "", #"{"sub":"user_1","sub":"user_1","exp":1800000060}"#, #"{"sub":"user_1","exp":1800000060,}"#,
        ]
    )
    func payload(text: String) async throws {
        let minter = TokenMinter(keyPair: try Self.pair.get())
        let token = try minter.token(payload: Array(text.utf8), header: minter.header.utf8)
        try await expect(token, [], "token-invalid")
    }

    @Test("no key is picked for a token without `kid`, or with a `kid` of two different keys")
    func ambiguous() async throws {
        let (first, second) = (try Self.pair.get(), try KeyPair(id: "key-1"))
        var named = second
        named.id = "key-2"
        let minter = TokenMinter(keyPair: first)
        let claims = TokenMinter.claims(subject: "user_1", at: Timestamp(clampingSecondsSinceEpoch: Double(Self.now)))
        let unnamed = try minter.token(claims: claims, header: ["alg": "RS256", "typ": "JWT"])
        try await expect(unnamed, [], "jwk-kid-mismatch", jwks: KeyPair.jwks([first, named]))
        let token = try minter.token(claims: claims)
        try await expect(token, [], "jwk-kid-mismatch", jwks: KeyPair.jwks([first, second]))
        try await expect(token, [], nil, jwks: KeyPair.jwks([first, named]))
        try await expect(token, [], nil, jwks: KeyPair.jwks([first, first]))
        try await expect(token, [], "jwk-kid-mismatch", jwks: ["keys": []])
    }

    // MARK: Running

    private static let pair = Result { try KeyPair(id: "key-1") }

    private static func number(_ offset: Double) -> JSONValue {
        JSONNumber(Double(now) + offset).map { .number($0) } ?? .null
    }

    /// The token with another text in the place of a part.
    @Sendable private static func part(_ index: Int, of token: String, _ text: String) -> String {
        var parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        parts[index] = Base64URL.encode(Array(text.utf8))
        return parts.joined(separator: ".")
    }

    @Sendable private static func forged(_ token: String) -> String { String(token.dropLast(8)) + "AAAAAAAA" }

    private func expect(_ row: Row) async throws {
        let minter = TokenMinter(keyPair: try Self.pair.get())
        let time = Timestamp(clampingSecondsSinceEpoch: Double(Self.now))
        let claims = TokenMinter.claims(subject: "user_1", at: time, adding: row.claims)
        let token = try minter.token(claims: claims, header: minter.header.replacing(row.header))
        try await expect(row.change(token), row.options, row.reason)
    }

    private func expect(_ token: String, _ options: [String], _ reason: String?, jwks: JSONValue? = nil) async throws {
        let folder = try TemporaryFolder()
        let keys = try folder.write((jwks ?? Self.pair.get().jwks).description, to: "jwks")
        let result = try await Tool.run(
            ["token", "verify", "--jwks", keys, "--at", "\(Self.now)", "--token", token] + options
        )
        let answer = try JSONDocument(parsing: Array(#require(result.lines.first).utf8)).root
        #expect(result.lines.count == 1)
        #expect(answer.member("reason")?.string == reason, "\(result.output)")
        #expect(answer.member("valid")?.bool == (reason == nil))
        #expect(result.status == (reason == nil ? 0 : 1))
        guard reason != nil else { return }
        #expect(answer.member("status")?.double == 401)
        #expect(answer.member("message")?.string?.isEmpty == false)
        for part in token.split(separator: ".") where part.utf8.count > 7 { #expect(!result.output.contains(part)) }
    }
}
#endif
