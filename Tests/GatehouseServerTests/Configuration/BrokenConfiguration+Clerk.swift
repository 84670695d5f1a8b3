#if Server
extension BrokenConfiguration {
    /// Settings of Clerk.
    static let clerkSection: [BrokenConfiguration] = [
        clerk("no keys", "issuer: https://clerk.example.com", ("gatehouse.yaml:2:1: clerk.jwks", "is missing")),
        clerk("no issuer", "jwks: https://clerk.example.com/jwks", ("gatehouse.yaml:2:1: clerk.issuer", "is missing")),
        clerk(
            "keys in the clear",
            "issuer: https://c.example.com, jwks: http://c.example.com/jwks",
            ("gatehouse.yaml:2:", "must be an https address")
        ),
        clerk(
            "a file of keys that is not there",
            "issuer: https://c.example.com, jwks: none.json",
            ("gatehouse.yaml:2:", "none.json: there is no such file")
        ),
        clerk(
            "a file that has no keys",
            "issuer: https://c.example.com, jwks: policy.yaml",
            ("gatehouse.yaml:2:", "policy.yaml")
        ),
        clerk(
            "a publishable key that is none",
            "publishableKey: pk_live_x",
            ("gatehouse.yaml:2:26: clerk.publishableKey", "must be a publishable key")
        ),
        clerk("a key that is none", "issuer: https://c.example.com, jwtKey: abc", ("gatehouse.yaml:2:", "")),
        clerk(
            "two sources of keys",
            "issuer: https://c.example.com, jwks: https://c.example.com/jwks, jwtKey: abc",
            ("gatehouse.yaml:2:", "stands beside clerk.jwtKey")
        ),
        clerk(
            "a secret key that is none",
            "issuer: https://c.example.com, secretKey: abc",
            ("gatehouse.yaml:2:", "must be a secret key")
        ),
        clerk(
            "an origin with a path",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, authorizedParties: [https://app.example.com/]",
            ("gatehouse.yaml:2:", "must be origins")
        ),
        clerk(
            "an origin without a scheme",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, authorizedParties: [app.example.com]",
            ("gatehouse.yaml:2:", "must be origins")
        ),
        clerk(
            "a webhook secret that is none",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, webhookSecrets: ['whsec_%%%']",
            ("gatehouse.yaml:2:", "is not base64")
        ),
        clerk(
            "an empty webhook secret",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, webhookSecrets: [whsec_]",
            ("gatehouse.yaml:2:", "is empty")
        ),
        clerk(
            "a lifetime without a unit",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, maximumTokenLifetime: 3600",
            ("gatehouse.yaml:2:", "must be a text, not a number")
        ),
        clerk(
            "a lifetime of another unit",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, maximumTokenLifetime: 1w",
            ("gatehouse.yaml:2:", "must be a time such as")
        ),
        clerk(
            "a lifetime of nothing",
            "issuer: https://c.example.com, jwks: https://c.example.com/j, maximumTokenLifetime: 0s",
            ("gatehouse.yaml:2:", "must be at least")
        ),
    ]

    /// The source of permissions, and scopes.
    static let permissions: [BrokenConfiguration] = [
        more(
            "another source of permissions",
            "permissionsFrom: claims",
            [:],
            ("gatehouse.yaml:2:18: permissionsFrom", "must be token, roles or both")
        ),
        more("scopes that are a list", "scopes: [a]", [:], ("gatehouse.yaml:2:9: scopes", "must be a mapping")),
        more(
            "a scope that is a text",
            "scopes: { a: invoice:read }",
            [:],
            ("gatehouse.yaml:2:", "must be a list of permissions")
        ),
        more("a scope of no pattern", "scopes: { a: ['inv*'] }", [:], ("gatehouse.yaml:2:15: scopes.a", "inv*")),
    ]
}
#endif
