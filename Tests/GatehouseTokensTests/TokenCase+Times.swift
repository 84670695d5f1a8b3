import GatehouseBase

@testable import GatehouseTokens

extension TokenCase {
    static func seconds(_ offset: Double) -> JSONValue {
        JSONNumber(TokenReasonTests.now.secondsSinceEpoch + offset).map { .number($0) } ?? .null
    }

    /// Cases of the times of a token.
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
