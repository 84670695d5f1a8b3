#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import Testing

@Suite("Every registered route is proved to be guarded", .serialized)
struct UnguardedRoutesTests {
    /// Each rule's sample request, and the statuses of nobody, a member, an admin and a stranger.
    private static let expected: [(request: (String, String), statuses: [Int])] = [
        (("GET", "/public/a"), [200, 200, 200, 200]), (("GET", "/me"), [401, 200, 200, 200]),
        (("GET", "/invoices"), [401, 200, 200, 200]), (("POST", "/invoices"), [401, 403, 200, 403]),
        (("DELETE", "/invoices/7"), [401, 403, 200, 403]), (("GET", "/orgs/org_1"), [401, 200, 200, 403]),
        (("GET", "/orgs/org_1/admin/x"), [401, 403, 200, 403]), (("GET", "/step-up"), [401, 403, 403, 403]),
        (("GET", "/pro"), [401, 403, 403, 403]), (("GET", "/feature"), [401, 403, 403, 403]),
        (("GET", "/machine"), [401, 403, 403, 403]), (("GET", "/down"), [503, 503, 503, 503]),
        (("GET", "/either"), [503, 503, 200, 503]), (("GET", "/nobody"), [401, 403, 403, 403]),
        (("GET", "/pages/secret"), [401, 403, 200, 403]), (("GET", "/pages/a"), [200, 200, 200, 200]),
        (("GET", "/"), [200, 200, 200, 200]),
    ]
    private static let callers: [Caller] = [.nobody, .member, .admin, .stranger]

    @Test("the table of every route and every kind of caller holds at the live server")
    func table() async throws {
        let api = try GuardedAPI()
        #expect(Self.expected.count == (try GuardedAPI.rules.rules.count))
        try await HummingbirdHost.run(api) { port in
            for ((method, path), statuses) in Self.expected {
                for (caller, status) in zip(Self.callers, statuses) {
                    let answers = try await exchange(with: port, try HostRequest(caller, method, path, status).text)
                    #expect(answers.map(\.status) == [status], "\(caller) \(method) \(path)")
                }
            }
        }
    }

    /// The routes of a server, as its router names them.
    private static let registered = expected.map { request, _ in
        RegisteredRoute(HTTPRequest.Method(request.0) ?? .get, request.1)
    }

    @Test("removing any rule fails the proof")
    func removing() async throws {
        let api = try GuardedAPI()
        let rules = try GuardedAPI.rules.rules
        #expect(RouteRules(rules).unguarded(among: Self.registered).isEmpty)
        for index in rules.indices {
            var fewer = rules
            let removed = fewer.remove(at: index)
            let left = RouteRules(fewer)
            let isListed = !left.unguarded(among: Self.registered).isEmpty
            // A rule before a wider one leaves its routes to that one: the table tells.
            let requestGuard = try api.routeGuard(left)
            var isAnsweredOtherwise = false
            for ((method, path), statuses) in Self.expected {
                for (caller, status) in zip(Self.callers, statuses) {
                    let fields: HTTPFields = try caller.token.map { [.authorization: "Bearer \($0)"] } ?? [:]
                    let request = AuthorizationRequest(
                        method: HTTPRequest.Method(method) ?? .get,
                        path: path,
                        headerFields: fields
                    )
                    let found =
                        switch await requestGuard.authorize(request) {
                        case .proceed: 200
                        case .reject(let rejection): rejection.response.status.code
                        }
                    if found != status { isAnsweredOtherwise = true }
                }
            }
            #expect(isListed || isAnsweredOtherwise, "\(removed)")
        }
    }

    private static let routes: [(HTTPRequest.Method, String, Requirement)] = [
        (.get, "health", .public), (.get, "me", .authenticated),
        (.get, "orgs/:org/invoices", .organization(inPath: "org")),
        (.delete, "orgs/:org/invoices/:id", .role("org:admin")), (.get, "files/**", .role("org:member")),
    ]

    @Test(
        "a guarded router lists exactly the route whose requirement was removed",
        arguments: [nil] + routes.indices.map(\.self)
    )
    func guardedRouter(removed: Int?) throws {
        let router = GuardedRouter(by: FixedAuthenticator(.anonymous), try GuardedAPI().authorizer)
        for (index, (method, path, requirement)) in Self.routes.enumerated() {
            if index == removed {
                router.on(RouterPath(path), method: method) { _, _ in "open" }
            } else {
                router.on(RouterPath(path), method: method, requires: requirement) { _, _ in "open" }
            }
        }
        // A controller of Hummingbird's own groups, inside a group that requires something.
        router.group("inside", requires: .authenticated).group("deeper").get("x") { _, _ in "x" }
        let unguarded = router.unguarded().map(\.description)
        #expect(unguarded == (removed.map { [Self.name(Self.routes[$0])] } ?? []))
    }

    @Test("a guarded router that ignores case lists the unguarded routes too", arguments: [true, false])
    func ignoringCase(isGuarded: Bool) throws {
        let router = GuardedRouter(
            options: .caseInsensitive,
            by: FixedAuthenticator(.anonymous),
            try GuardedAPI().authorizer
        )
        router.get("Orgs/:Org", requires: .authenticated) { _, _ in "x" }
        if !isGuarded { router.get("Me") { _, _ in "x" } }
        #expect(router.unguarded().map(\.description) == (isGuarded ? [] : ["GET /me"]))
    }

    @Test(
        "a guarded router lists a HEAD route without a requirement beside a guarded GET route",
        arguments: [RouterOptions(), .autoGenerateHeadEndpoints]
    )
    func head(options: RouterOptions) throws {
        let router = GuardedRouter(options: options, by: FixedAuthenticator(.anonymous), try GuardedAPI().authorizer)
        router.get("me", requires: .authenticated) { _, _ in "x" }
        router.head("me") { _, _ in "x" }
        #expect(router.unguarded().map(\.description) == ["HEAD /me"])
    }

    private static func name(_ route: (HTTPRequest.Method, String, Requirement)) -> String {
        RegisteredRoute(route.0, RouterPath("/" + route.1).description).description
    }

    @Test(
        "a rule covers all requests to its route",
        arguments: [
            ("GET", "/a/:b", "/a/{x}", true), ("GET", "/a/{b}", "/a/*", true), ("GET", "/a/b", "/a/{x}", true),
            ("GET", "/a/{b}", "/a/b", false), ("GET", "/a/**", "/a/{x}", false), ("GET", "/a/**", "/a/**", true),
            ("GET", "/a", "/a/**", true), ("GET", "/a/b", "/a", false), ("GET", "/a", "/a/b", false),
            ("GET", "/", "/", true), ("GET", "/", "/**", true), ("GET", "/", "/{a}", false),
            ("GET", "/a", "/a/", false), ("GET", "/a/", "/a/", true), ("GET", "/a/", "/a", false),
            ("GET", "/a/", "/a/**", true), ("GET", "/a/{b}/c", "/a/*/c", true), ("GET", "/a/**", "/a/*/c", false),
            ("GET", "/a/*", "/a/**", true), ("GET", "/a/b/**", "/a/**", true), ("GET", "/A", "/a", false),
            ("GET", "/a/*.jpg", "/a/{x}", true), ("GET", "/a/*.jpg", "/a/b.jpg", false), ("GET", "/b", "/{a}", true),
        ]
    )
    func covering(method: String, route: String, template: String, isCovered: Bool) throws {
        let rules = RouteRules(try RouteRule(template, methods: [.get], requires: .authenticated))
        #expect(rules.unguarded(among: [RegisteredRoute(.get, route)]).isEmpty == isCovered)
        #expect(rules.unguarded(among: [RegisteredRoute(.head, route)]).isEmpty == isCovered)
        #expect(rules.unguarded(among: [RegisteredRoute(.post, route)]).count == 1)
    }
}
#endif
