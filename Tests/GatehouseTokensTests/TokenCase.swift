import GatehouseBase
import Testing

@testable import GatehouseTokens

/// A change of an ordinary token, and the answer that must come of it.
struct TokenCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var header: JSONValue = [:]
    var claims: JSONValue = [:]
    var configuration = TokenVerifier.Configuration()
    /// Changes the finished token.
    var change: @Sendable (String) -> String = { $0 }
    /// Nil where the token is accepted.
    let reason: String?

    init(
        _ name: String,
        header: JSONValue = [:],
        claims: JSONValue = [:],
        _ configuration: TokenVerifier.Configuration = .init(),
        change: @escaping @Sendable (String) -> String = { $0 },
        reason: String?
    ) {
        testDescription = name
        self.header = header
        self.claims = claims
        self.configuration = configuration
        self.change = change
        self.reason = reason
    }
}

extension TokenCase {
    static let category = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: .init(member: "cat", accepted: ["neutral", "own"], invalid: ["other-machine"]),
        subject: .notPrefixed("mch_"),
        stringClaims: ["sid"]
    )
    static let machine = TokenProfile(types: ["JWT"], allowsMissingType: true, subject: .prefixed("mch_"))

    static let shape: [TokenCase] = [
        TokenCase("an ordinary token", reason: nil),
        TokenCase("empty", change: { _ in "" }, reason: "token-invalid"),
        TokenCase(
            "two parts",
            change: { $0.split(separator: ".").dropLast().joined(separator: ".") },
            reason: "token-invalid"
        ),
        TokenCase("four parts", change: { $0 + "." }, reason: "token-invalid"),
        TokenCase("five parts, as an encrypted token", change: { $0 + ".x.y" }, reason: "token-invalid"),
        TokenCase(
            "over 16 KiB",
            claims: ["x": .string(String(repeating: "x", count: 13_000))],
            reason: "token-invalid"
        ),
        TokenCase("just under 16 KiB", claims: ["x": .string(String(repeating: "x", count: 11_000))], reason: nil),
        TokenCase("padding", change: { $0 + "=" }, reason: "token-invalid"),
        TokenCase("a space in front", change: { " " + $0 }, reason: "token-invalid"),
        TokenCase("a line end behind", change: { $0 + "\n" }, reason: "token-invalid"),
        TokenCase("a scheme in front", change: { "Bearer " + $0 }, reason: "token-invalid"),
        TokenCase("a byte-order mark in front", change: { "\u{FEFF}" + $0 }, reason: "token-invalid"),
        TokenCase("quotation marks", change: { "\"\($0)\"" }, reason: "token-invalid"),
        TokenCase("two tokens joined", change: { $0 + "," + $0 }, reason: "token-invalid"),
        TokenCase("`crit`", header: ["crit": ["exp"]], reason: "token-invalid"),
        TokenCase("an empty `crit`", header: ["crit": []], reason: "token-invalid"),
        TokenCase("`b64`", header: ["b64": true], reason: "token-invalid"),
        TokenCase("`typ` in another case", header: ["typ": "jwt"], reason: nil),
        TokenCase("no `typ`", header: ["typ": nil], reason: nil),
        TokenCase("another `typ`", header: ["typ": "at+jwt"], reason: "token-invalid"),
        TokenCase("a `typ` that only looks alike", header: ["typ": "J\u{FF37}T"], reason: "token-invalid"),
        TokenCase("a number as `typ`", header: ["typ": 1], reason: "token-invalid"),
        TokenCase(
            "no `typ` where one is asked for",
            header: ["typ": nil],
            .init(profile: .accessToken),
            reason: "token-invalid"
        ),
        TokenCase(
            "the long form of a `typ`",
            header: ["typ": "application/AT+JWT"],
            .init(profile: .accessToken),
            reason: nil
        ),
        TokenCase("a number as `kid`", header: ["kid": 1], reason: "token-invalid"),
        TokenCase("an empty `kid`", header: ["kid": ""], reason: "token-invalid"),
        TokenCase(
            "a `kid` of 257 bytes",
            header: ["kid": .string(String(repeating: "k", count: 257))],
            reason: "token-invalid"
        ),
        TokenCase(
            "a category of another kind that is refused outright",
            header: ["cat": "other-machine"],
            .init(profile: category),
            reason: "token-invalid"
        ),
        TokenCase("shape before algorithm", header: ["alg": "none", "kid": 1], reason: "token-invalid"),
    ]

    static let keys: [TokenCase] = [
        TokenCase("the category of its kind", header: ["cat": "own"], .init(profile: category), reason: nil),
        TokenCase("a neutral category", header: ["cat": "neutral"], .init(profile: category), reason: nil),
        TokenCase("an unknown category", header: ["cat": "x"], .init(profile: category), reason: "token-type-mismatch"),
        TokenCase(
            "a category that is no string",
            header: ["cat": 1],
            .init(profile: category),
            reason: "token-type-mismatch"
        ),
        TokenCase(
            "category before algorithm",
            header: ["cat": "x", "alg": "none"],
            .init(profile: category),
            reason: "token-type-mismatch"
        ),
        TokenCase("no `alg`", header: ["alg": nil], reason: "token-invalid-algorithm"),
        TokenCase("`none`", header: ["alg": "none"], reason: "token-invalid-algorithm"),
        TokenCase("`nOnE`", header: ["alg": "nOnE"], reason: "token-invalid-algorithm"),
        TokenCase("HMAC", header: ["alg": "HS256"], reason: "token-invalid-algorithm"),
        TokenCase("a space before the name", header: ["alg": " RS256"], reason: "token-invalid-algorithm"),
        TokenCase("another case", header: ["alg": "rs256"], reason: "token-invalid-algorithm"),
        TokenCase("a number as `alg`", header: ["alg": 256], reason: "token-invalid-algorithm"),
        TokenCase("a list as `alg`", header: ["alg": ["RS256"]], reason: "token-invalid-algorithm"),
        TokenCase("an algorithm that is not accepted", header: ["alg": "RS512"], reason: "token-invalid-algorithm"),
        TokenCase("no accepted algorithm", .init(algorithms: []), reason: "token-invalid-algorithm"),
        TokenCase(
            "an accepted one that is not the key's",
            header: ["alg": "ES256"],
            .init(algorithms: [.rs256, .es256]),
            reason: "token-invalid-algorithm"
        ),
        TokenCase(
            "another one for the same kind of key",
            header: ["alg": "PS256"],
            .init(algorithms: Set(SignatureAlgorithm.allCases)),
            reason: "token-invalid-algorithm"
        ),
        TokenCase(
            "a name of RFC 9864",
            header: ["alg": "Ed25519"],
            .init(algorithms: Set(SignatureAlgorithm.allCases)),
            reason: "token-invalid-algorithm"
        ),
        TokenCase(
            "algorithm before key",
            header: ["alg": "HS256", "kid": "unknown"],
            reason: "token-invalid-algorithm"
        ),
        TokenCase("an unknown `kid`", header: ["kid": "unknown"], reason: "jwk-kid-mismatch"),
        TokenCase("a `kid` that differs in case", header: ["kid": "KEY-1"], reason: "jwk-kid-mismatch"),
        TokenCase("no `kid` with one key", header: ["kid": nil], reason: nil),
        TokenCase(
            "a changed signature",
            change: { String($0.dropLast(8)) + "AAAAAAAA" },
            reason: "token-invalid-signature"
        ),
        TokenCase(
            "no signature",
            change: { $0.split(separator: ".").dropLast().joined(separator: ".") + "." },
            reason: "token-invalid-signature"
        ),
        TokenCase(
            "signature before claims",
            claims: ["exp": nil],
            change: { String($0.dropLast(8)) + "AAAAAAAA" },
            reason: "token-invalid-signature"
        ),
        TokenCase(
            "keys and addresses in the header are not used",
            header: ["jwk": ["kty": "oct"], "jku": "https://x", "x5u": "https://x", "x5c": ["x"]],
            reason: nil
        ),
    ]

    static let claims: [TokenCase] = [
        TokenCase(
            "a subject of another kind",
            claims: ["sub": "mch_1"],
            .init(profile: category),
            reason: "token-type-mismatch"
        ),
        TokenCase("a machine's subject", claims: ["sub": "mch_1"], .init(profile: machine), reason: nil),
        TokenCase("no machine's subject", .init(profile: machine), reason: "token-type-mismatch"),
        TokenCase(
            "subject's kind before its date",
            claims: ["exp": nil],
            .init(profile: machine),
            reason: "token-type-mismatch"
        ),
        TokenCase("no `sub`", claims: ["sub": nil], reason: "token-verification-failed"),
        TokenCase(
            "no `sub` for a machine",
            claims: ["sub": nil],
            .init(profile: machine),
            reason: "token-verification-failed"
        ),
        TokenCase("an empty `sub`", claims: ["sub": ""], reason: "token-verification-failed"),
        TokenCase("a number as `sub`", claims: ["sub": 1], reason: "token-verification-failed"),
        TokenCase("no `exp`", claims: ["exp": nil], reason: "token-verification-failed"),
        TokenCase("a string as `exp`", claims: ["exp": "9999999999"], reason: "token-verification-failed"),
        TokenCase(
            "an infinite `exp`",
            claims: ["exp": .number(JSONNumber(unchecked: "1e400"))],
            reason: "token-verification-failed"
        ),
        TokenCase(
            "an absurd but finite `exp`",
            claims: ["exp": .number(JSONNumber(unchecked: "1e308"))],
            .init(maximumLifetime: nil),
            reason: nil
        ),
        TokenCase(
            "an absurd `nbf` in the past",
            claims: ["nbf": .number(JSONNumber(unchecked: "-1e308"))],
            reason: nil
        ),
        TokenCase(
            "an `exp` past the integers",
            claims: ["exp": .number(JSONNumber(unchecked: "9223372036854775808"))],
            .init(maximumLifetime: nil),
            reason: nil
        ),
        TokenCase(
            "an `exp` of five thousand digits",
            claims: ["exp": .number(JSONNumber(unchecked: String(repeating: "9", count: 5_000)))],
            reason: "token-verification-failed"
        ),
        TokenCase(
            "an `exp` of five thousand decimals",
            claims: ["exp": .number(JSONNumber(unchecked: "99999999999." + String(repeating: "9", count: 5_000)))],
            .init(maximumLifetime: nil),
            reason: nil
        ),
        TokenCase(
            "an `nbf` that is nearly nothing",
            claims: ["nbf": .number(JSONNumber(unchecked: "1e-99999"))],
            reason: nil
        ),
        TokenCase("a boolean as `exp`", claims: ["exp": true], reason: "token-verification-failed"),
        TokenCase("a string as `nbf`", claims: ["nbf": "0"], reason: "token-verification-failed"),
        TokenCase("a list as `iat`", claims: ["iat": [1]], reason: "token-verification-failed"),
        TokenCase(
            "neither `nbf` nor `iat`",
            claims: ["nbf": nil, "iat": nil],
            .init(maximumLifetime: nil),
            reason: nil
        ),
        TokenCase("a list as `iss`", claims: ["iss": ["a"]], reason: "token-verification-failed"),
        TokenCase("a number as `azp`", claims: ["azp": 1], reason: "token-verification-failed"),
        TokenCase(
            "a number as `sid` where it must be a string",
            claims: ["sid": 1],
            .init(profile: category),
            reason: "token-verification-failed"
        ),
        TokenCase("a number as `sid` elsewhere", claims: ["sid": 1], reason: nil),
        TokenCase("a number as `aud`", claims: ["aud": 1], reason: "token-verification-failed"),
        TokenCase("a mixed list as `aud`", claims: ["aud": ["a", 1]], reason: "token-verification-failed"),
        TokenCase("an empty list as `aud`", claims: ["aud": []], reason: nil),
        TokenCase("form before issuer", claims: ["exp": nil], .init(issuer: "x"), reason: "token-verification-failed"),
        TokenCase("the configured issuer", claims: ["iss": "https://a"], .init(issuer: "https://a"), reason: nil),
        TokenCase(
            "a trailing slash",
            claims: ["iss": "https://a/"],
            .init(issuer: "https://a"),
            reason: "token-invalid-issuer"
        ),
        TokenCase(
            "an issuer that is only canonically equal",
            claims: ["iss": "\u{212A}"],
            .init(issuer: "K"),
            reason: "token-invalid-issuer"
        ),
        TokenCase("no issuer where one is configured", .init(issuer: "https://a"), reason: "token-invalid-issuer"),
        TokenCase("issuer before audience", .init(issuer: "x", audiences: ["a"]), reason: "token-invalid-issuer"),
        TokenCase("the configured audience", claims: ["aud": "b"], .init(audiences: ["a", "b"]), reason: nil),
        TokenCase(
            "the configured audience in a list",
            claims: ["aud": ["x", "a"]],
            .init(audiences: ["a"]),
            reason: nil
        ),
        TokenCase(
            "another audience",
            claims: ["aud": "ab"],
            .init(audiences: ["a"]),
            reason: "token-verification-failed"
        ),
        TokenCase(
            "an empty list for a configured audience",
            claims: ["aud": []],
            .init(audiences: ["a"]),
            reason: "token-verification-failed"
        ),
        TokenCase("no audience where one is configured", .init(audiences: ["a"]), reason: "token-verification-failed"),
        TokenCase(
            "audience before party",
            .init(audiences: ["a"], authorizedParties: ["p"]),
            reason: "token-verification-failed"
        ),
        TokenCase("a configured party", claims: ["azp": "q"], .init(authorizedParties: ["p", "q"]), reason: nil),
        TokenCase(
            "another party",
            claims: ["azp": "pp"],
            .init(authorizedParties: ["p"]),
            reason: "token-invalid-authorized-parties"
        ),
        TokenCase(
            "no party where one is configured",
            .init(authorizedParties: ["p"]),
            reason: "token-invalid-authorized-parties"
        ),
        TokenCase(
            "no party where it may be absent",
            .init(authorizedParties: ["p"], allowsMissingAuthorizedParty: true),
            reason: nil
        ),
        TokenCase(
            "another party where it may be absent",
            claims: ["azp": "q"],
            .init(authorizedParties: ["p"], allowsMissingAuthorizedParty: true),
            reason: "token-invalid-authorized-parties"
        ),
        TokenCase(
            "an empty party where it may be absent",
            claims: ["azp": ""],
            .init(authorizedParties: ["p"], allowsMissingAuthorizedParty: true),
            reason: "token-invalid-authorized-parties"
        ),
        TokenCase(
            "an empty party, even a configured one",
            claims: ["azp": ""],
            .init(authorizedParties: [""]),
            reason: "token-invalid-authorized-parties"
        ),
        TokenCase(
            "party before expiry",
            claims: ["exp": 0],
            .init(authorizedParties: ["p"]),
            reason: "token-invalid-authorized-parties"
        ),
    ]

    static func seconds(_ offset: Double) -> JSONValue {
        JSONNumber(TokenReasonTests.now.secondsSinceEpoch + offset).map { .number($0) } ?? .null
    }

    static let times: [TokenCase] = [
        TokenCase("expiry within the skew", claims: ["exp": seconds(-4.75)], reason: nil),
        TokenCase("expiry at the skew", claims: ["exp": seconds(-5)], reason: "token-expired"),
        TokenCase("expiry without skew", claims: ["exp": seconds(0)], .init(clockSkew: .zero), reason: "token-expired"),
        TokenCase("a fraction of a second left", claims: ["exp": seconds(0.25)], .init(clockSkew: .zero), reason: nil),
        TokenCase(
            "a skew of a day forgives a day",
            claims: ["exp": seconds(-86_399)],
            .init(clockSkew: .seconds(86_400)),
            reason: nil
        ),
        TokenCase("active at the skew", claims: ["nbf": seconds(5)], reason: nil),
        TokenCase("active after the skew", claims: ["nbf": seconds(5.25)], reason: "token-not-active-yet"),
        TokenCase("issued at the skew", claims: ["iat": seconds(5)], reason: nil),
        TokenCase("issued after the skew", claims: ["iat": seconds(5.25)], reason: "token-iat-in-the-future"),
        TokenCase(
            "expiry before the others",
            claims: ["exp": 1, "nbf": seconds(99), "iat": seconds(99)],
            reason: "token-expired"
        ),
        TokenCase(
            "`nbf` before `iat`",
            claims: ["nbf": seconds(99), "iat": seconds(99)],
            reason: "token-not-active-yet"
        ),
    ]
}
