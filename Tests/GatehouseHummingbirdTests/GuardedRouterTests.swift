#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("A guarded router closes routes that do not say what they require")
struct GuardedRouterTests {
    /// The statuses for nobody, a member, an admin, an admin of another organization, and an admin whose token expired.
    static let rows: [(request: String, statuses: [Int])] = [
        ("GET /public", [200, 200, 200, 200, 200]),
        ("GET /me", [401, 200, 200, 200, 401]),
        ("HEAD /me", [401, 200, 200, 200, 401]),
        ("POST /me", [404, 404, 404, 404, 404]),
        ("GET /nowhere", [404, 404, 404, 404, 404]),
        ("HEAD /nowhere", [404, 404, 404, 404, 404]),
        ("OPTIONS /nowhere", [404, 404, 404, 404, 404]),
        ("OPTIONS /me", [404, 404, 404, 404, 404]),
        ("GET //me", [401, 200, 200, 200, 401]),
        ("GET /orgs//acme/invoices", [401, 200, 200, 403, 401]),
        ("GET /public/../me", [404, 404, 404, 404, 404]),
        ("GET /documents/..", [401, 403, 403, 403, 401]),
        ("GET /forgotten", [401, 403, 403, 403, 401]),
        ("HEAD /forgotten", [401, 403, 403, 403, 401]),
        ("OPTIONS /options", [401, 200, 200, 200, 401]),
        ("HEAD /head", [401, 403, 200, 200, 401]),
        ("GET /methods", [401, 200, 200, 200, 401]),
        ("POST /methods", [401, 200, 200, 200, 401]),
        ("PUT /methods", [401, 403, 200, 200, 401]),
        ("PATCH /methods", [401, 403, 200, 200, 401]),
        ("DELETE /methods", [401, 403, 200, 200, 401]),
        ("GET /orgs/org_1/invoices", [401, 200, 200, 403, 401]),
        ("GET /orgs/acme/invoices", [401, 200, 200, 403, 401]),
        ("GET /orgs/acme/invoices/", [401, 200, 200, 403, 401]),
        ("HEAD /orgs/acme/invoices", [401, 200, 200, 403, 401]),
        ("GET /orgs/org_2/invoices", [401, 403, 403, 200, 401]),
        ("GET /orgs/%6frg_1/invoices", [401, 403, 403, 403, 401]),
        ("DELETE /orgs/acme/invoices/7", [401, 403, 200, 403, 401]),
        ("GET /orgs/acme/invoices/public", [401, 200, 200, 403, 401]),
        ("GET /orgs/acme/invoices/controller/all", [401, 200, 200, 403, 401]),
        ("GET /plain", [401, 403, 403, 403, 401]),
        ("GET /plain/inner", [401, 403, 403, 403, 401]),
        ("GET /controller/all", [401, 403, 403, 403, 401]),
        ("GET /some", [401, 403, 403, 403, 401]),
        ("GET /collected", [401, 403, 403, 403, 401]),
        ("GET /below/collected", [401, 403, 403, 403, 401]),
        ("GET /closed/collected", [401, 403, 200, 200, 401]),
        ("GET /transformed", [401, 403, 403, 403, 401]),
        ("GET /documents/acme", [401, 200, 200, 403, 401]),
        ("GET /typo", [401, 403, 403, 403, 401]),
        ("GET /role", [401, 403, 403, 403, 401]),
        ("GET /path/7", [401, 403, 403, 403, 401]),
        ("GET /twice/7/of/8", [401, 403, 403, 403, 401]),
        ("GET /public/me", [401, 401, 401, 401, 401]),
        ("GET /asking", [401, 403, 200, 200, 401]),
        ("GET /undecided", [401, 503, 503, 503, 401]),
        ("GET /undecided/plain", [401, 503, 503, 503, 401]),
    ]

    @Test("a request has its row's status, however its route was registered", arguments: [TestingSetup.router, .live])
    func closed(setup: TestingSetup) async throws {
        let application = Application(router: try GuardedRoutes.router(), logger: RecordedLog().logger)
        let callers = try Caller.allCases.map { (caller: $0, field: try $0.field()) }
        try await application.test(setup) { client in
            for row in Self.rows {
                let parts = row.request.split(separator: " ").map(String.init)
                let method = try #require(HTTPRequest.Method(parts[0]))
                for ((caller, field), status) in zip(callers, row.statuses) {
                    let fields: HTTPFields = field.map { [.authorization: $0] } ?? [:]
                    let response = try await client.execute(uri: parts[1], method: method, headers: fields)
                    #expect(response.status.code == status, "\(row.request) by \(caller)")
                    if method == .head { #expect(response.body.readableBytes == 0) }
                    if status == 503 { #expect(response.headers[.retryAfter] == "42") }
                    if status == 401 {
                        let challenge = caller == .nobody ? "Bearer" : #"Bearer error="invalid_token""#
                        #expect(response.headers[.wwwAuthenticate] == challenge, "\(row.request) by \(caller)")
                    }
                }
            }
        }
    }

    @Test("middlewares of the router and of groups run outside the guard, in their order")
    func middlewares() async throws {
        let application = Application(router: try GuardedRoutes.router(), logger: RecordedLog().logger)
        let admin: HTTPFields = try Caller.admin.field().map { [.authorization: $0] } ?? [:]
        try await application.test(.router) { client in
            for (path, method, names) in [
                ("/orgs/acme/invoices", HTTPRequest.Method.get, ["group", "router"]),
                ("/orgs/acme/invoices/7", .delete, ["inner", "group", "router"]),
                ("/me", .get, ["router"]),
                ("/forgotten", .get, ["router"]),
            ] {
                let response = try await client.execute(uri: path, method: method, headers: admin)
                #expect(response.headers[values: HTTPField.Name("X-Middlewares")!] == names, "\(path)")
            }
        }
    }

    private static let unknown =
        "the permission “org:invoices:reed” is none that the policy knows; did you mean “org:invoices:read”?"

    @Test("all routes that are closed by mistake are told at the start")
    func findings() throws {
        let error = #expect(throws: RouteError.self) { try GuardedRoutes.router().validate() }
        #expect(
            error?.description == """
                GET /forgotten: the route does not say what it requires, and is closed [no-requirement]
                GET /plain: the route does not say what it requires, and is closed [no-requirement]
                GET /plain/inner: the route does not say what it requires, and is closed [no-requirement]
                GET /controller/all: the route does not say what it requires, and is closed [no-requirement]
                GET /some: the route does not say what it requires, and is closed [no-requirement]
                GET /collected: the route does not say what it requires, and is closed [no-requirement]
                GET /below/collected: the route does not say what it requires, and is closed [no-requirement]
                GET /transformed: the route does not say what it requires, and is closed [no-requirement]
                GET /typo: \(Self.unknown) [unknown-permission]
                GET /role: the role “org:membr” is not defined; did you mean “org:member”? [unknown-role]
                GET /pattern: \(NameError(.invalidPermission, "org:invoices:*")) [invalid-permission]
                GET /path/{id}: the path names nothing for the organization {org} [unknown-placeholder]
                GET /twice/{id}/of/{id}: the path has the placeholder {id} twice [repeated-placeholder]
                """
        )
    }

    @Test("routes that are closed by mistake are logged when the application is made")
    func logged() throws {
        let log = RecordedLog()
        _ = Application(router: try GuardedRoutes.router(logger: log.logger), logger: RecordedLog().logger)
        let lines = log.lines.filter { $0.level == .error }
        #expect(lines.count == 13)
        #expect(lines.allSatisfy { $0.text.hasPrefix("A route is closed to everybody ") })
        #expect(lines.contains { $0.text.contains("org:invoices:reed") && $0.text.contains("unknown-permission") })
    }

    @Test("a route is open again once a new policy knows its requirement")
    func reload() async throws {
        @Sendable func engine(_ catalogue: String...) throws -> PolicyEngine {
            try PolicyEngine(
                Policy(
                    permissions: catalogue.map { CataloguedPermission($0, "") },
                    roles: [Role("org:admin", grants: ["**"])]
                )
            )
        }
        let clock = ManualClock(GuardedApplication.now)
        let authorizer = Authorizer(engine: try engine("a"))
        let clerk = try ClerkAuthenticator(keys: try GuardedApplication.pair.get().keySet, clock: clock.wall)
        let router = GuardedRouter(by: clerk, authorizer, logger: RecordedLog().logger)
        router.get("b", requires: .permission("b")) { _, _ in "b" }
        let admin: HTTPFields = try Caller.admin.field().map { [.authorization: $0] } ?? [:]
        try await Application(router: router, logger: RecordedLog().logger).test(.router) { client in
            #expect(try await client.execute(uri: "/b", method: .get, headers: admin).status == .forbidden)
            authorizer.policy.replace(with: try engine("a", "b"))
            #expect(try await client.execute(uri: "/b", method: .get, headers: admin).status == .ok)
        }
    }

    @Test("CORSMiddleware on the router answers preflights, which the guard does not see")
    func preflight() async throws {
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()))
        let clerk = try ClerkAuthenticator(keys: try GuardedApplication.pair.get().keySet)
        let router = GuardedRouter(by: clerk, authorizer)
        router.add(middleware: CORSMiddleware(allowOrigin: .originBased))
        router.get("x", requires: .authenticated) { _, _ in "x" }
        try await Application(router: router, logger: RecordedLog().logger).test(.router) { client in
            let fields: HTTPFields = [.origin: "https://app.example.com", .accessControlRequestMethod: "GET"]
            let preflight = try await client.execute(uri: "/x", method: .options, headers: fields)
            #expect(preflight.status == .noContent)
            let response = try await client.execute(uri: "/x", method: .get, headers: fields)
            #expect(response.status == .unauthorized)
            for answer in [preflight, response] {
                #expect(answer.headers[.accessControlAllowOrigin] == "https://app.example.com")
            }
        }
    }

    @Test("a refusal's reason is in the log, at info")
    func reasons() async throws {
        let log = RecordedLog()
        let application = Application(router: try GuardedRoutes.router(), logger: log.logger)
        let member: HTTPFields = try Caller.member.field().map { [.authorization: $0] } ?? [:]
        try await application.test(.router) { client in
            for path in ["/closed/collected", "/typo", "/pattern", "/forgotten", "/asking"] {
                _ = try await client.execute(uri: path, method: .get, headers: member)
            }
        }
        let lines = log.lines.filter { $0.text.hasPrefix("Request rejected ") }
        #expect(lines.allSatisfy { $0.level == .info })
        let reasons = [
            "org:admin for user user_1 in org_1 is denied: it is not held",
            Self.unknown, "\(NameError(.invalidPermission, "org:invoices:*"))",
            "the route does not say what it requires, and is closed",
            "org:invoices:void for user user_1 in org_1 is denied: nothing allows it",
        ]
        #expect(lines.count == reasons.count)
        for (line, reason) in zip(lines, reasons) { #expect(line.text.contains(reason)) }
    }
}
#endif
