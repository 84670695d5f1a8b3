import GatehouseBase

@testable import GatehouseTokens

extension TokenCase {
    /// Cases of the token's form and header.
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
}
