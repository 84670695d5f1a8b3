import GatehouseBase

@testable import GatehouseTokens

extension TokenCase {
    /// Cases of the algorithm, the key and the signature.
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
}
