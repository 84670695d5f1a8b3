#if Server
import Testing

/// A configuration that cannot be used, and what it must be told.
struct BrokenConfiguration: Sendable, CustomTestStringConvertible {
    let name: String
    /// The file; `policy.yaml` and `entities.yaml` beside it are sound.
    let file: String
    var environment: [String: String] = [:]
    /// The beginning of a problem each: place and key, and a part of its message.
    let expected: [(place: String, message: String)]

    var testDescription: String { name }

    init(_ name: String, _ file: String, _ environment: [String: String] = [:], _ expected: (String, String)...) {
        (self.name, self.file, self.environment) = (name, file, environment)
        self.expected = expected.map { (place: $0.0, message: $0.1) }
    }

    /// The line of the policy, which all need.
    private static let base = "policy: policy.yaml\n"

    private static func more(
        _ name: String,
        _ lines: String,
        _ environment: [String: String] = [:],
        _ expected: (String, String)
    ) -> BrokenConfiguration {
        BrokenConfiguration(name, base + lines + "\n", environment, expected)
    }

    private static func route(_ name: String, _ route: String, _ expected: (String, String)) -> BrokenConfiguration {
        more(name, "routes:\n  - \(route)", [:], expected)
    }

    private static func clerk(_ name: String, _ members: String, _ expected: (String, String)) -> BrokenConfiguration {
        more(name, "clerk: { \(members) }", [:], expected)
    }

    static let all: [BrokenConfiguration] = [
        // The document.
        BrokenConfiguration("no YAML", "policy: [", [:], ("gatehouse.yaml:", "")),
        BrokenConfiguration("a list", "- policy", [:], ("gatehouse.yaml:1:1", "must be a mapping, not a list")),
        BrokenConfiguration("a text", "policy", [:], ("gatehouse.yaml:1:1", "must be a mapping, not a string")),
        BrokenConfiguration("an empty file", "", [:], ("gatehouse.yaml: policy", "is missing")),
        BrokenConfiguration("comments alone", "# nothing\n", [:], ("gatehouse.yaml: policy", "is missing")),
        more("a key twice", "listen: 127.0.0.1:1\nlisten: 127.0.0.1:2", [:], ("gatehouse.yaml:", "")),
        more("an anchor", "listen: &a 127.0.0.1:1", [:], ("gatehouse.yaml:2", "")),
        // Keys.
        more("an unknown key", "listn: 127.0.0.1:1", [:], ("gatehouse.yaml:2:1: listn", "did you mean “listen”?")),
        more("an unknown section", "clark: {}", [:], ("gatehouse.yaml:2:1: clark", "did you mean “clerk”?")),
        more(
            "an unknown key of a section",
            "clerk: { isuer: x, jwks: k.json }",
            [:],
            ("gatehouse.yaml:2:10: clerk.isuer", "did you mean “issuer”?")
        ),
        more(
            "a path as a key",
            "clerk.issuer: https://x.example.com",
            [:],
            ("gatehouse.yaml:2:1: clerk.issuer", "has no key")
        ),
        more(
            "another case",
            "PublicURL: https://x.example.com",
            [:],
            ("gatehouse.yaml:2:1: PublicURL", "did you mean “publicURL”?")
        ),
        more("no value", "listen:", [:], ("gatehouse.yaml:2:1: listen", "has no value")),
        more(
            "a section that is a text",
            "clerk: yes please",
            [:],
            ("gatehouse.yaml:2:8: clerk", "must be a mapping, not a string")
        ),
        // Addresses.
        more("no port", "listen: 127.0.0.1", [:], ("gatehouse.yaml:2:9: listen", "must be host:port")),
        more("a port alone", "listen: 8080", [:], ("gatehouse.yaml:2:9: listen", "must be a text, not a number")),
        more(
            "a port that is none",
            "listen: 127.0.0.1:80800",
            [:],
            ("gatehouse.yaml:2:9: listen", "must be host:port")
        ),
        more(
            "an address that is none",
            "listen: 127.0.0.256:80",
            [:],
            ("gatehouse.yaml:2:9: listen", "must be host:port")
        ),
        more("an empty address", "listen: ''", [:], ("gatehouse.yaml:2:9: listen", "is empty")),
        more("IPv6 without brackets", "listen: ::1:8080", [:], ("gatehouse.yaml:2:9: listen", "must be host:port")),
        more(
            "a public address in the clear",
            "publicURL: http://pdp.example.com",
            [:],
            ("gatehouse.yaml:2:12: publicURL", "must be an https address")
        ),
        more(
            "a public address with a query",
            "publicURL: https://pdp.example.com/?a",
            [:],
            ("gatehouse.yaml:2:12: publicURL", "must be an https address")
        ),
        more(
            "a proxy that is a name",
            "trustedProxies: [proxy.internal]",
            [:],
            ("gatehouse.yaml:2:18: trustedProxies", "must be addresses or ranges")
        ),
        more(
            "a prefix that is too long",
            "trustedProxies: [10.0.0.0/33]",
            [:],
            ("gatehouse.yaml:2:18: trustedProxies", "10.0.0.0/33")
        ),
        more(
            "proxies that are no list",
            "trustedProxies: 10.0.0.0/8",
            [:],
            ("gatehouse.yaml:2:17: trustedProxies", "must be a list, not a string")
        ),
        // Documents.
        BrokenConfiguration("no policy", "listen: 127.0.0.1:1", [:], ("gatehouse.yaml: policy", "is missing")),
        BrokenConfiguration(
            "a policy that is not there",
            "policy: none.yaml",
            [:],
            ("gatehouse.yaml:1:9: policy", "none.yaml: there is no such file")
        ),
        BrokenConfiguration(
            "a policy that is a folder",
            "policy: .",
            [:],
            ("gatehouse.yaml:1:9: policy", "this is a folder")
        ),
        BrokenConfiguration("an unsound policy", "policy: unsound.yaml", [:], ("unsound.yaml:3:", "[unknown-role]")),
        more(
            "entities that are not there",
            "entities: none.yaml",
            [:],
            ("gatehouse.yaml:2:11: entities", "there is no such file")
        ),
        more("unsound entities", "entities: unsound-entities.yaml", [:], ("unsound-entities.yaml:2:", "needs “id”")),
        // Clerk.
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
        // Permissions and scopes.
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
        // Routes.
        more(
            "routes that are a mapping",
            "routes: { path: / }",
            [:],
            ("gatehouse.yaml:2:9: routes", "must be a list, not a mapping")
        ),
        route("a route that is a text", "/a", ("gatehouse.yaml:3:5: routes[0]", "must be a mapping, not a string")),
        route("a route without a path", "{ public: true }", ("gatehouse.yaml:3:5: routes[0].path", "is missing")),
        route("a route that requires nothing", "{ path: /a }", ("gatehouse.yaml:3:5: routes[0]", "says neither")),
        route(
            "a route that is public and not",
            "{ path: /a, public: true, require: { authenticated: true } }",
            ("gatehouse.yaml:3:17: routes[0].public", "stands beside “require”")
        ),
        route(
            "a public route that is not",
            "{ path: /a, public: false }",
            ("gatehouse.yaml:3:25: routes[0].public", "must be true")
        ),
        route(
            "a path without a slash",
            "{ path: a, public: true }",
            ("gatehouse.yaml:3:13: routes[0].path", "begins with “/”")
        ),
        route(
            "a path with an inner rest",
            "{ path: /a/**/b, public: true }",
            ("gatehouse.yaml:3:13: routes[0].path", "stands last")
        ),
        route(
            "a half placeholder",
            "{ path: '/a/x{id}', public: true }",
            ("gatehouse.yaml:3:13: routes[0].path", "placeholder")
        ),
        route(
            "methods that are a text",
            "{ path: /a, methods: GET, public: true }",
            ("gatehouse.yaml:3:26: routes[0].methods", "must be a list of methods")
        ),
        route(
            "no methods",
            "{ path: /a, methods: [], public: true }",
            ("gatehouse.yaml:3:26: routes[0].methods", "must be a list of methods")
        ),
        route(
            "a method in small letters",
            "{ path: /a, methods: [get], public: true }",
            ("gatehouse.yaml:3:27: routes[0].methods", "“get” is not GET")
        ),
        route(
            "an unknown key of a route",
            "{ path: /a, method: GET, public: true }",
            ("gatehouse.yaml:3:17: routes[0].method", "did you mean “methods”?")
        ),
        route(
            "a requirement that is a text",
            "{ path: /a, require: authenticated }",
            ("gatehouse.yaml:3:26: routes[0].require", "must be a mapping")
        ),
        route(
            "an empty requirement",
            "{ path: /a, require: {} }",
            ("gatehouse.yaml:3:26: routes[0].require", "says nothing")
        ),
        route(
            "two requirements in one",
            "{ path: /a, require: { role: x, permission: invoice:read } }",
            ("gatehouse.yaml:3:37: routes[0].require", "put them into allOf or anyOf")
        ),
        route(
            "an unknown requirement",
            "{ path: /a, require: { premission: x } }",
            ("gatehouse.yaml:3:28: routes[0].require.premission", "did you mean “permission”?")
        ),
        route(
            "authenticated that is not",
            "{ path: /a, require: { authenticated: false } }",
            ("gatehouse.yaml:3:43: routes[0].require.authenticated", "must be true")
        ),
        route(
            "a permission that is a pattern",
            "{ path: /a, require: { permission: 'invoice:*' } }",
            ("gatehouse.yaml:3:40: routes[0].require.permission", "invoice:*")
        ),
        route(
            "an empty allOf",
            "{ path: /a, require: { allOf: [] } }",
            ("gatehouse.yaml:3:35: routes[0].require.allOf", "is empty")
        ),
        route(
            "an anyOf that is a mapping",
            "{ path: /a, require: { anyOf: { role: org:admin } } }",
            ("gatehouse.yaml:3:35: routes[0].require.anyOf", "must be a list")
        ),
        route(
            "an organization that the path does not name",
            "{ path: /a, require: { organization: '{org}' } }",
            ("gatehouse.yaml:3:42: routes[0].require.organization", "has no placeholder {org}")
        ),
        route(
            "a resource without a placeholder",
            "{ path: /a, require: { permission: invoice:read, on: { type: invoice, id: '7' } } }",
            ("gatehouse.yaml:3:", "must be a placeholder of the path")
        ),
        route(
            "a resource beside a role",
            "{ path: '/a/{id}', require: { role: org:admin, on: { type: invoice, id: '{id}' } } }",
            ("gatehouse.yaml:3:", "belongs to a permission")
        ),
        route(
            "a factor without a time",
            "{ path: /a, require: { factor: { level: second_factor } } }",
            ("gatehouse.yaml:3:", "is missing: it says how lately")
        ),
        route(
            "a factor of another level",
            "{ path: /a, require: { factor: { level: third_factor, within: 10m } } }",
            ("gatehouse.yaml:3:45: routes[0].require.factor.level", "must be one of first_factor")
        ),
        route(
            "a factor of seconds",
            "{ path: /a, require: { factor: { level: second_factor, within: 90s } } }",
            ("gatehouse.yaml:3:", "whole minutes")
        ),
        route(
            "a factor of no preset",
            "{ path: /a, require: { factor: mild } }",
            ("gatehouse.yaml:3:36: routes[0].require.factor", "must be one of strict_mfa")
        ),
        route(
            "a kind of no token",
            "{ path: /a, require: { kind: cookie } }",
            ("gatehouse.yaml:3:34: routes[0].require.kind", "must be one of session")
        ),
        // Store and audit.
        BrokenConfiguration(
            "the policy of a store where there is none",
            "policy: store\n",
            [:],
            ("gatehouse.yaml:1:9: policy", "a file of that name is “./store”")
        ),
        BrokenConfiguration(
            "the policy of a file that no other node shares",
            "policy: store\nstore: sqlite:g.db\n",
            [:],
            ("gatehouse.yaml:1:9: policy", "needs “store: postgresql://")
        ),
        BrokenConfiguration(
            "the policy of a store that is wrong",
            "policy: store\nstore: mysql:x\n",
            [:],
            ("gatehouse.yaml:2:8: store", "must be sqlite:FILE")
        ),
        more("a store of another kind", "store: mysql:x", [:], ("gatehouse.yaml:2:8: store", "must be sqlite:FILE")),
        more("a store without a file", "store: 'sqlite:'", [:], ("gatehouse.yaml:2:8: store", "must be sqlite:FILE")),
        more(
            "a database without a scheme",
            "store: user:LPZIo2LaLaSw@h/d",
            [:],
            ("gatehouse.yaml:2:8: store", "must be sqlite:FILE or postgresql://")
        ),
        more(
            "a database with a space in its address",
            "store: 'postgresql://user:LPZIo2LaLaSw@h /d'",
            [:],
            ("gatehouse.yaml:2:8: store", "must be sqlite:FILE or postgresql://")
        ),
        more(
            "an address whose file is not there",
            "store: file:none",
            [:],
            ("gatehouse.yaml:2:8: store", "none: there is no such file")
        ),
        more("a name with a space", "node: node 1", [:], ("gatehouse.yaml:2:7: node", "must be a name")),
        more("a name with a plus sign", "node: a+b", [:], ("gatehouse.yaml:2:7: node", "must be a name")),
        more("an audit without a store", "audit: { allows: 0.5 }", [:], ("gatehouse.yaml:2:1: audit", "needs a store")),
        more(
            "a part beyond the whole",
            "store: sqlite:g.db\naudit: { allows: 1.5 }",
            [:],
            ("gatehouse.yaml:3:18: audit.allows", "must be a number from 0.0 to 1.0")
        ),
        more(
            "another way when full",
            "store: sqlite:g.db\naudit: { whenFull: drop }",
            [:],
            ("gatehouse.yaml:3:20: audit.whenFull", "must be wait or refuse")
        ),
        more(
            "durable that is a text",
            "store: sqlite:g.db\naudit: { durable: 'yes' }",
            [:],
            ("gatehouse.yaml:3:19: audit.durable", "must be true or false")
        ),
        more(
            "a retention of hours",
            "store: sqlite:g.db\naudit: { retention: 3h }",
            [:],
            ("gatehouse.yaml:3:21: audit.retention", "must be at least")
        ),
        more(
            "a compliance endpoint without a secret",
            "store: sqlite:g.db\naudit: { compliance: { url: https://c.example.com, types: [user.created] } }",
            [:],
            ("gatehouse.yaml:3:10: audit.compliance.secret", "is missing")
        ),
        more(
            "a compliance endpoint in the clear",
            "store: sqlite:g.db\naudit: { compliance: { url: http://c.example.com, types: [a], secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } }",
            [:],
            ("gatehouse.yaml:3:29: audit.compliance.url", "must be an https address")
        ),
        // API keys.
        more(
            "a key that is a number",
            "apiKeys: [123456]",
            [:],
            ("gatehouse.yaml:2:11: apiKeys", "must be a text, not a number")
        ),
        more(
            "a key that no bearer token is",
            "apiKeys: ['a key']",
            [:],
            ("gatehouse.yaml:2:11: apiKeys", "is sent as a bearer token")
        ),
        more(
            "a key's file that is not there",
            "apiKeys: [file:none]",
            [:],
            ("gatehouse.yaml:2:11: apiKeys", "none: there is no such file")
        ),
        more(
            "a key's file that is empty",
            "apiKeys: [file:empty]",
            [:],
            ("gatehouse.yaml:2:11: apiKeys", "the file is empty")
        ),
        more("a key that is empty", "apiKeys: ['']", [:], ("gatehouse.yaml:2:11: apiKeys", "is empty")),
        // Variables.
        more("an empty variable", "", ["GATEHOUSE_LISTEN": ""], ("GATEHOUSE_LISTEN: listen", "is empty")),
        more(
            "a variable that cannot be used",
            "",
            ["GATEHOUSE_PUBLIC_URL": "pdp"],
            ("GATEHOUSE_PUBLIC_URL: publicURL", "must be an https address")
        ),
        more(
            "a list with a gap",
            "",
            ["GATEHOUSE_TRUSTED_PROXIES": "10.0.0.1,,10.0.0.2"],
            ("GATEHOUSE_TRUSTED_PROXIES: trustedProxies", "has an empty entry")
        ),
        more(
            "routes in a variable",
            "",
            ["GATEHOUSE_ROUTES": "[]"],
            ("GATEHOUSE_ROUTES: routes", "stands in the file only")
        ),
        more(
            "a misspelt variable",
            "",
            ["GATEHOUSE_TRUSTED_PROXY": "10.0.0.1"],
            ("GATEHOUSE_TRUSTED_PROXY", "did you mean “GATEHOUSE_TRUSTED_PROXIES”?")
        ),
        more(
            "Clerk's own variable with nothing usable",
            "",
            ["CLERK_PUBLISHABLE_KEY": "pk"],
            ("CLERK_PUBLISHABLE_KEY: clerk.publishableKey", "must be a publishable key")
        ),
        more(
            "another flag in a variable",
            "store: sqlite:g.db",
            ["GATEHOUSE_AUDIT_DURABLE": "yes"],
            ("GATEHOUSE_AUDIT_DURABLE: audit.durable", "must be true or false")
        ),
        BrokenConfiguration(
            "several at once",
            "listn: 1\npolicy: none.yaml\nroutes:\n  - { path: a, public: true }\n",
            ["GATEHOUSE_STORE": "x"],
            ("gatehouse.yaml:1:1: listn", "no key"),
            ("gatehouse.yaml:4:13: routes[0].path", "“/”"),
            ("GATEHOUSE_STORE: store", "sqlite"),
            ("gatehouse.yaml:2:9: policy", "no such file")
        ),
    ]
}
#endif
