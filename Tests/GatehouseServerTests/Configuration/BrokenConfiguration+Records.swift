#if Server
extension BrokenConfiguration {
    /// The store, the name of the node, and the audit log.
    static let records: [BrokenConfiguration] = [
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
    ]

    /// Keys of the decision API.
    static let apiKeys: [BrokenConfiguration] = [
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
    ]

    /// Variables of the environment.
    static let variables: [BrokenConfiguration] = [
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
