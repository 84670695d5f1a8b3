#if Server
extension BrokenConfiguration {
    /// Routes and their requirements.
    static let routes: [BrokenConfiguration] = [
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
            "a plan of an unknown scope",
            "{ path: /a, require: { plan: 'uo:pro' } }",
            ("gatehouse.yaml:3:34: routes[0].require.plan", "“uo:pro” is not the name of a plan")
        ),
        route(
            "a negated feature of an unknown scope",
            "{ path: /a, require: { not: { feature: 'team:invoices' } } }",
            ("gatehouse.yaml:3:44: routes[0].require.not.feature", "is not the name of a feature")
        ),
        route(
            "a role without a name",
            "{ path: /a, require: { role: '' } }",
            ("gatehouse.yaml:3:34: routes[0].require.role", "must not be empty")
        ),
        route(
            "a kind of no token",
            "{ path: /a, require: { kind: cookie } }",
            ("gatehouse.yaml:3:34: routes[0].require.kind", "must be one of session")
        ),
    ]
}
#endif
