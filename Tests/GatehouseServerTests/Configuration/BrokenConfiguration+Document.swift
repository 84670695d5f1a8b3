#if Server
extension BrokenConfiguration {
    /// A file that is no mapping of settings.
    static let document: [BrokenConfiguration] = [
        BrokenConfiguration("no YAML", "policy: [", [:], ("gatehouse.yaml:", "")),
        BrokenConfiguration("a list", "- policy", [:], ("gatehouse.yaml:1:1", "must be a mapping, not a list")),
        BrokenConfiguration("a text", "policy", [:], ("gatehouse.yaml:1:1", "must be a mapping, not a string")),
        BrokenConfiguration("an empty file", "", [:], ("gatehouse.yaml: policy", "is missing")),
        BrokenConfiguration("comments alone", "# nothing\n", [:], ("gatehouse.yaml: policy", "is missing")),
        more("a key twice", "listen: 127.0.0.1:1\nlisten: 127.0.0.1:2", [:], ("gatehouse.yaml:", "")),
        more("an anchor", "listen: &a 127.0.0.1:1", [:], ("gatehouse.yaml:2", "")),
    ]

    /// Keys of the file that are unknown or have no value.
    static let keys: [BrokenConfiguration] = [
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
    ]

    /// Addresses and ranges of addresses.
    static let addresses: [BrokenConfiguration] = [
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
    ]

    /// Files of the policy and of the entities.
    static let documents: [BrokenConfiguration] = [
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
    ]
}
#endif
