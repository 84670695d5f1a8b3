import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import Testing

@Suite("The line of a refusal names the principal that the guard found")
struct RefusedPrincipalTests {
    private static let member = Principal("user_1", organization: .init("org_1"), roles: ["org:other"])
    private static let admin = Requirement.permission("org:invoices:void")
    private static let down = Requirement.custom("down") { _ in .unavailable("down") }

    private let handler = InMemoryLogHandler()

    /// Returns the ids in the line of a refusal, as an adapter logs it: with the request of before the guard.
    private func logged(
        _ result: AuthorizationResult,
        _ request: AuthorizationRequest = Fixture.request(token: "x")
    ) throws -> [String?] {
        let handler = handler
        let rejection = try #require(result.rejection)
        RequestLog(Logger(label: "test") { _ in handler }).rejected(request, rejection)
        let metadata = try #require(handler.entries.last).metadata
        return ["gatehouse.principal.id", "gatehouse.organization.id"].map { metadata[$0]?.description }
    }

    private func gate(_ found: Authentication = .authenticated(member)) throws -> Gate<FixedAuthenticator> {
        Gate(FixedAuthenticator(found), try Fixture.authorizer.get())
    }

    @Test("a gate names the principal in 403 and 503", arguments: [admin, down, nil] as [Requirement?])
    func gate(requirement: Requirement?) async throws {
        let result = try await gate().authorize(Fixture.request(token: "x"), requires: requirement)
        #expect(try logged(result) == ["user_1", "org_1"])
    }

    @Test("a route guard names the principal in 403 and 503, and for a path without a rule", arguments: 0..<3)
    func routeGuard(index: Int) async throws {
        let rules: [RouteRule] = [
            try RouteRule("/invoices", requires: Self.admin), try RouteRule("/invoices", requires: Self.down),
            try RouteRule("/elsewhere", requires: .public),
        ]
        let routeGuard = RouteGuard(RouteRules(rules[index]), try gate())
        #expect(try logged(await routeGuard.authorize(Fixture.request(token: "x"))) == ["user_1", "org_1"])
    }

    @Test("guards in sequence name the principal that the first found")
    func sequence() async throws {
        let authentication = AuthenticationGuard(FixedAuthenticator(.authenticated(Self.member)))
        let authorizer = try Fixture.authorizer.get()
        let request = Fixture.request(token: "x")
        for result in [
            await authentication.requiring(Self.admin, by: authorizer).authorize(request),
            await authentication.then(DecisionGuard()).authorize(request),
            await authentication.then(DecisionGuard(telling: authorizer)).authorize(request),
        ] {
            #expect(try logged(result) == ["user_1", "org_1"])
        }
    }

    @Test("the organization is the one in the path if the credential names several")
    func chosen() async throws {
        var several = Principal("user_1")
        several.organizations = [.init("org_1"), .init("org_2")]
        let requirement = Requirement.allOf(.organization(inPath: "org"), Self.admin)
        var request = Fixture.request(token: "x")
        request.addParameter("org", "org_2")
        let result = try await gate(.authenticated(several)).authorize(request, requires: requirement)
        #expect(try logged(result, request) == ["user_1", "org_2"])
    }

    @Test(
        "a credential that is not accepted names nobody",
        arguments: [
            .anonymous, .rejected(code: "token-expired", message: "it has expired"),
            .unavailable(code: "no-keys", message: "down"),
        ] as [Authentication]
    )
    func nobody(found: Authentication) async throws {
        let result = try await gate(found).authorize(Fixture.request(token: "x"), requires: Self.admin)
        #expect(try logged(result) == [nil, nil])
    }

    @Test("a rejection of a guard of one's own is logged with the request's principal")
    func ownGuard() throws {
        var request = Fixture.request()
        request.principal = Self.member
        let rejection = Rejection(
            response: HTTPResponse(status: .forbidden),
            body: [],
            reason: Rejection.Reason(code: "own", message: "no")
        )
        #expect(try logged(.reject(rejection), request) == ["user_1", "org_1"])
    }
}
