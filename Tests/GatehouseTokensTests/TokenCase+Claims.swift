import GatehouseBase

@testable import GatehouseTokens

extension TokenCase {
    /// Cases of the claims.
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
}
