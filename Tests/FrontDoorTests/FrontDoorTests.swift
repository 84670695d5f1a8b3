#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import TestSupport
import Testing

@Suite("The front door: a user's own code is guarded")
struct FrontDoorTests {
    private let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer()
    }

    @Test("a server denies by default")
    func denyingServer() async throws {
        let (member, admin) = (try issuer.token(), try issuer.token(role: "admin"))
        let other = try issuer.token(role: "admin", organization: "org_2")
        let expectations = [
            Expectation("GET /health", nil, 200),
            Expectation("GET /health", "the application's own", 200),
            Expectation("GET /me", nil, 401),
            Expectation("GET /me", "no.such.token", 401),
            Expectation("GET /me", member, 200),
            Expectation("GET /orgs/org_1/invoices", nil, 401),
            Expectation("GET /orgs/org_1/invoices", member, 200),
            Expectation("GET /orgs/org_1/invoices", other, 403),
            Expectation("DELETE /orgs/org_1/invoices/7", member, 403),
            Expectation("DELETE /orgs/org_1/invoices/7", admin, 200),
            Expectation("DELETE /orgs/org_1/invoices/7", other, 403),
            Expectation("GET /nowhere", admin, 404),
        ]
        let transport = issuer.transport()
        try await running(makeDenyingServer(TestIssuer.publishableKey, transport, issuer.clock.wall)) { send in
            try await expectations.expectFulfilled(by: send)
        }
        #expect(transport.requests.map(\.url) == ["\(TestIssuer.name)/.well-known/jwks.json"])
        let unreachable = [Expectation("GET /health", member, 200), Expectation("GET /me", member, 503)]
        let down = issuer.transport(isReachable: false)
        try await running(makeDenyingServer(TestIssuer.publishableKey, down, issuer.clock.wall)) { send in
            try await unreachable.expectFulfilled(by: send)
        }
        try await running(makeForgetfulServer(issuer.clerk())) { send in
            let closed = [
                Expectation("GET /health", nil, 401),
                Expectation("GET /me", admin, 403),
                Expectation("GET /orgs/org_1/invoices", admin, 403),
                Expectation("DELETE /orgs/org_1/invoices/7", admin, 403),
            ]
            try await closed.expectFulfilled(by: send)
            let unfulfilled = try await expectations.unfulfilled(send)
            #expect(!unfulfilled.isEmpty)
        }
    }

    @Test("keys are loaded when the server starts, before anybody asks", .timeLimit(.minutes(1)))
    func prefetch() async throws {
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        let answers = issuer.transport()
        let transport = InMemoryTransport { request, _ in
            defer { asking.yield() }
            do throws(HTTPTransportError) {
                return .success(try await answers.send(request))
            } catch {
                return .failure(error)
            }
        }
        try await running(makeDenyingServer(TestIssuer.publishableKey, transport, issuer.clock.wall)) { _ in
            for await _ in asked { break }
        }
        #expect(answers.requests.count == 1)
    }

    @Test("an outage of the key server is in the log, although the program names no logger")
    func outage() async throws {
        LoggedLines.keep()
        let fault = "nobody listens at the front door"
        let down = InMemoryTransport(answers: [.failure(HTTPTransportError(.connectionFailed, fault))])
        let member = try issuer.token()
        try await running(makeDenyingServer(TestIssuer.publishableKey, down, issuer.clock.wall)) { send in
            try await [Expectation("GET /me", member, 503), Expectation("GET /me", member, 503)].expectFulfilled(
                by: send
            )
        }
        let lines = LoggedLines.containing(fault)
        let line = try #require(lines.first)
        #expect(lines.count == 1 && line.hasPrefix("gatehouse error: There is no usable key"))
        #expect(line.contains("\(TestIssuer.name)/.well-known/jwks.json") && !line.contains(member))
    }

    @Test("a resource that only the handler knows is guarded there")
    func documentServer() async throws {
        let policy = Policy {
            Rule("own", .allow, "docs:edit", to: Rule.everyone, when: .equals("$resource.owner", "$principal.id"))
        }
        let authorizer = Authorizer(engine: try PolicyEngine(policy))
        let (owner, other) = (try issuer.token("user_1"), try issuer.token("user_2"))
        let expectations = [
            Expectation("PATCH /documents/7", nil, 401),
            Expectation("PATCH /documents/7", owner, 200),
            Expectation("PATCH /documents/7", other, 403),
            Expectation("PATCH /documents/8", owner, 404),
        ]
        let clerk = try issuer.clerk()
        try await running(makeDocumentServer(clerk, authorizer, Documents())) { send in
            try await expectations.expectFulfilled(by: send)
        }
        let unreachable = ScriptedMemberships(failing: MembershipSourceError("down"))
        let undecided = Authorizer(engine: authorizer.engine, memberships: unreachable)
        try await running(makeDocumentServer(clerk, undecided, Documents())) { send in
            try await [Expectation("PATCH /documents/7", owner, 503)].expectFulfilled(by: send)
        }
        try await running(makeDocumentServer(clerk, authorizer, Documents(), isAsking: false)) { send in
            let unfulfilled = try await expectations.unfulfilled(send)
            #expect(unfulfilled == ["PATCH /documents/7 is 200, not 403"])
        }
    }

    @Test("roles of the server's own database count at once, and cease at once")
    func teamServer() async throws {
        let policy = Policy {
            Role("reader") { Grants("docs:read") }
            Role("editor") {
                Inherits("reader")
                Grants("docs:edit")
            }
        }
        let database = Database()
        let authorizer = Authorizer(
            engine: try PolicyEngine(policy),
            memberships: TeamRoles(database: database),
            issuer: TestIssuer.name,
            cache: try PermissionCache(.init(clock: issuer.clock.monotonic)),
            clock: issuer.clock.wall
        )
        let clerk = try issuer.clerk(marks: authorizer.marks)
        let member = Member("user_1", in: "org_1", issuer: TestIssuer.name)
        let issuer = issuer
        let (token, unknown) = (try issuer.token(), try issuer.token("user_2"))
        try await running(makeTeamServer(clerk, authorizer)) { send in
            func expect(_ expectations: Expectation..., sourceLocation: SourceLocation = #_sourceLocation) async throws
            {
                try await expectations.expectFulfilled(by: send, sourceLocation: sourceLocation)
            }
            try await expect(
                Expectation("GET /docs", nil, 401),
                Expectation("GET /docs", token, 403),
                Expectation("GET /nowhere", token, 404)
            )
            try await authorizer.assign("reader", to: member)
            try await expect(Expectation("GET /docs", token, 200), Expectation("POST /docs", token, 403))
            try await authorizer.assign("editor", to: member)
            try await expect(Expectation("GET /docs", token, 200), Expectation("POST /docs", token, 200))
            await database.setDown(true)
            try await expect(Expectation("POST /docs", token, 200), Expectation("POST /docs", unknown, 503))
            await database.setDown(false)
            try await authorizer.remove(role: "editor", from: member)
            issuer.clock.advance(by: .seconds(1))
            let renewed = try issuer.token()
            try await expect(
                Expectation("POST /docs", token, 401),
                Expectation("POST /docs", renewed, 403),
                Expectation("GET /docs", renewed, 200)
            )
        }
    }
}

#endif
