#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("The log line of a refusal on Hummingbird names who was refused")
struct RefusalLogTests {
    private static let requirement = Requirement.permission("org:invoices:void")
    private static let down = Requirement.custom("down") { _ in .unavailable("down") }

    private let log = RecordedLog()
    private let clerk: ClerkAuthenticator
    private let authorizer: Authorizer

    init() throws {
        let keys = try GuardedApplication.pair.get().keySet
        clerk = try ClerkAuthenticator(keys: keys, clock: ManualClock(GuardedApplication.now).wall)
        authorizer = Authorizer(engine: try PolicyEngine(Policy { Role("org:member") { Grants("org:invoices:read") } }))
    }

    /// Sends requests of a member, and expects that each is refused with a line that has both ids.
    private func expectNamed(
        _ application: some ApplicationProtocol,
        _ statuses: [(path: String, status: Int)]
    ) async throws {
        let member: HTTPFields = try Caller.member.field().map { [.authorization: $0] } ?? [:]
        try await application.test(.router) { client in
            for (path, status) in statuses {
                let response = try await client.execute(uri: path, method: .get, headers: member)
                #expect(response.status.code == status, "\(path)")
            }
        }
        let lines = log.lines.filter { $0.text.hasPrefix("Request rejected ") }
        #expect(lines.count == statuses.count)
        for (line, (path, status)) in zip(lines, statuses) {
            #expect(line.text.contains(#""gatehouse.principal.id": user_1"#), "\(path)")
            #expect(line.text.contains(#""gatehouse.organization.id": org_1"#), "\(path)")
            #expect(line.text.contains(#""gatehouse.status": \#(status)"#), "\(path)")
        }
    }

    @Test("a guarded router names the principal, whether the guard or the handler refuses")
    func guardedRouter() async throws {
        let router = GuardedRouter(by: clerk, authorizer)
        router.get("guarded", requires: Self.requirement) { _, _ in "open" }
        router.get("down", requires: Self.down) { _, _ in "open" }
        router.get("forgotten") { _, _ in "open" }
        router.get("typo", requires: .permission("org:invoices:*")) { _, _ in "open" }
        router.group("group", requires: Self.requirement).get { _, _ in "open" }
        let authorizer = authorizer
        router.get("asking", requires: .authenticated) { _, context in
            try await authorizer.require("org:invoices:void", for: context.principal)
            return "open"
        }
        router.get("plain", requires: .authenticated) { _, _ -> String in throw AccessError(.forbidden, "a draft") }
        try await expectNamed(
            Application(router: router, logger: log.logger),
            [
                ("/guarded", 403), ("/down", 503), ("/forgotten", 403), ("/typo", 403), ("/group", 403),
                ("/asking", 403), ("/plain", 403),
            ]
        )
    }

    @Test("guards as middleware name the principal, in a row and in sequence")
    func middleware() async throws {
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.group("sequence")
            .add(middleware: GuardMiddleware(AuthenticationGuard(clerk).requiring(Self.requirement, by: authorizer)))
            .get { _, _ in "open" }
        let row = router.group("row").add(middleware: AuthenticationMiddleware(clerk))
        row.group("required").add(middleware: RequirementMiddleware(Self.requirement, by: authorizer))
            .get { _, _ in "open" }
        row.group("down").add(middleware: RequirementMiddleware(Self.down, by: authorizer)).get { _, _ in "open" }
        row.group("undecided").add(middleware: DecisionMiddleware()).get { _, _ in "open" }
        let authorizer = authorizer
        row.get("asking") { _, context in
            try await authorizer.require("org:invoices:void", for: context.principal)
            return "open"
        }
        row.get("failing") { _, _ -> String in throw AuthorizerError(.sourceFailed, "down") }
        try await expectNamed(
            Application(router: router, logger: log.logger),
            [
                ("/sequence", 403), ("/row/required", 403), ("/row/down", 503), ("/row/undecided", 403),
                ("/row/asking", 403), ("/row/failing", 503),
            ]
        )
    }

    @Test("a router behind route rules names the principal")
    func rules() async throws {
        let router = Router(context: BasicPrincipalRequestContext.self)
        for path in ["guarded", "down"] { router.get("\(path)") { _, _ in "open" } }
        let authorizer = authorizer
        router.get("asking") { _, context in
            try await authorizer.require("org:invoices:void", for: context.principal)
            return "open"
        }
        router.get("failing") { _, _ -> String in throw AuthorizerError(.sourceFailed, "down") }
        let rules = RouteRules(
            try RouteRule("/guarded", requires: Self.requirement),
            try RouteRule("/down", requires: Self.down),
            try RouteRule("/*", methods: [.get], requires: .authenticated)
        )
        let guarded = router.guarded(by: RouteGuard(rules, by: clerk, authorizer, host: .hummingbird))
        try await expectNamed(
            Application(router: guarded, logger: log.logger),
            [("/guarded", 403), ("/down", 503), ("/asking", 403), ("/failing", 503)]
        )
    }
}

@Suite("An error of an authorizer that a Hummingbird handler lets through")
struct ThrownAuthorizerErrorTests {
    private static let rows: [(path: String, status: Int)] = [
        ("/unknown-role", 400), ("/membership-change-refused", 400), ("/no-issuer", 500),
        ("/no-membership-store", 500), ("/membership-source-failed", 503), ("/invalidation-bus-failed", 503),
        ("/overtaken-by-invalidations", 503), ("/too-many-membership-loads", 503), ("/membership-source-behind", 503),
        ("/cancelled", 503), ("/observer-failed", 503),
    ]

    /// The handlers of both routers: each throws the error of its name.
    private static func throwing(_ path: String) -> @Sendable () throws -> String {
        let code = AuthorizerError.Code(rawValue: String(path.dropFirst()))
        return { throw AuthorizerError(code, "s3cret table", retryAfter: .seconds(7)) }
    }

    private func expect(_ application: some ApplicationProtocol) async throws {
        let member: HTTPFields = try Caller.member.field().map { [.authorization: $0] } ?? [:]
        try await application.test(.router) { client in
            for (path, status) in Self.rows {
                let response = try await client.execute(uri: path, method: .get, headers: member)
                #expect(response.status.code == status, "\(path)")
                #expect(response.headers[.retryAfter] == (status == 503 ? "7" : nil), "\(path)")
                #expect(response.headers[.contentType] == "application/problem+json", "\(path)")
                #expect(!String(buffer: response.body).contains("s3cret"), "\(path)")
            }
        }
    }

    @Test("the status tells whose mistake it is, behind a guarded router")
    func guardedRouter() async throws {
        let keys = try GuardedApplication.pair.get().keySet
        let clerk = try ClerkAuthenticator(keys: keys, clock: ManualClock(GuardedApplication.now).wall)
        let router = GuardedRouter(by: clerk, Authorizer(engine: try PolicyEngine(Policy())))
        for (path, _) in Self.rows {
            let answer = Self.throwing(path)
            router.get("\(path)", requires: .authenticated) { _, _ in try answer() }
        }
        try await expect(Application(router: router, logger: RecordedLog().logger))
    }

    @Test("the status tells whose mistake it is, on Hummingbird's own router")
    func plainRouter() async throws {
        let router = Router(context: BasicPrincipalRequestContext.self)
        for (path, _) in Self.rows {
            let answer = Self.throwing(path)
            router.get("\(path)") { _, _ in try answer() }
        }
        try await expect(Application(router: router, logger: RecordedLog().logger))
    }

    @Test("the refusals of the guard's middleware apply to errors of a handler")
    func refusals() async throws {
        let keys = try GuardedApplication.pair.get().keySet
        let clerk = try ClerkAuthenticator(keys: keys, clock: ManualClock(GuardedApplication.now).wall)
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.add(middleware: AuthenticationMiddleware(clerk, refusals: try Refusals(retryAfter: .seconds(42))))
        router.get("down") { _, _ -> String in throw AuthorizerError(.sourceFailed, "down") }
        try await Application(router: router, logger: RecordedLog().logger).test(.router) { client in
            let response = try await client.execute(uri: "/down", method: .get)
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "42")
        }
    }

    @Test("an assignment of a role that does not exist is 400, and its reason is in the log")
    func unknownRole() async throws {
        let keys = try GuardedApplication.pair.get().keySet
        let clerk = try ClerkAuthenticator(keys: keys, clock: ManualClock(GuardedApplication.now).wall)
        let log = RecordedLog()
        let store = InMemoryMemberships()
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy { Role("editor") { Grants("docs:edit") } }),
            memberships: store,
            issuer: "https://clerk.example.com"
        )
        let router = GuardedRouter(by: clerk, authorizer)
        router.put("members/:id/:role", requires: .public) { _, context in
            let member = Member(try context.parameters.require("id"), in: "org_1", issuer: "https://clerk.example.com")
            try await authorizer.assign(RoleAssignment(try context.parameters.require("role")), to: member)
            return "assigned"
        }
        try await Application(router: router, logger: log.logger).test(.router) { client in
            let wrong = try await client.execute(uri: "/members/user_1/editr", method: .put)
            #expect(wrong.status == .badRequest && !wrong.headers.contains(.retryAfter))
            #expect(!String(buffer: wrong.body).contains("editor"))
            #expect(try await client.execute(uri: "/members/user_1/editor", method: .put).status == .ok)
        }
        #expect(log.lines.contains { $0.text.contains("did you mean “editor”?") })
    }
}
#endif
