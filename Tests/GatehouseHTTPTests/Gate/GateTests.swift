import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A gate closes routes that do not say what they require")
struct GateTests {
    private static let reader = Principal("user_1", roles: ["org:reader"])
    private static let other = Principal("user_2", roles: ["org:other"])
    private static let rejected = Authentication.rejected(code: "token-expired", message: "it has expired")
    private static let unavailable = Authentication.unavailable(code: "no-keys", message: "down")
    private static let read = Requirement.permission("org:invoices:read")

    @Test(
        "each requirement has its status for each credential",
        arguments: [
            (nil, .anonymous, 401), (nil, .authenticated(reader), 403), (nil, rejected, 401), (nil, unavailable, 503),
            (.authenticated, .anonymous, 401), (.authenticated, .authenticated(other), 200),
            (.authenticated, rejected, 401), (.authenticated, unavailable, 503),
            (read, .anonymous, 401), (read, .authenticated(reader), 200), (read, .authenticated(other), 403),
            (read, rejected, 401), (read, unavailable, 503),
            (.not(.public), .anonymous, 401), (.not(.public), .authenticated(reader), 403),
            (.allOf(.public, read), .anonymous, 401), (.allOf(.public, read), .authenticated(reader), 200),
            (.allOf(), .authenticated(reader), 403), (.anyOf(), .anonymous, 401),
        ] as [(Requirement?, Authentication, Int)]
    )
    func closed(requirement: Requirement?, found: Authentication, status: Int) async throws {
        let authenticator = FixedAuthenticator(found)
        let gate = Gate(authenticator, try Fixture.authorizer.get())
        let result = await gate.authorize(Fixture.request(token: "x"), requires: requirement)
        #expect(result.status == status)
        #expect(result.proceeding.map(\.isDecided) ?? true)
        #expect(authenticator.requestCount == 1, "the credential is judged once")
        let challenge = result.rejection?.response.headerFields[.wwwAuthenticate]
        #expect(challenge == (status == 401 ? #"Bearer error="invalid_token""# : nil))
        if case .authenticated(let principal) = found, status == 200 {
            #expect(result.proceeding?.principal?.id == principal.id)
        }
    }

    @Test(
        "the credential is not looked at where everybody may enter",
        arguments: [.public, .allOf(.public, .public), .anyOf(read, .public), .anyOf(.allOf(.public))] as [Requirement]
    )
    func open(requirement: Requirement) async throws {
        for found in [Self.rejected, Self.unavailable, .authenticated(Self.reader)] {
            let authenticator = FixedAuthenticator(found)
            let gate = Gate(authenticator, try Fixture.authorizer.get())
            let result = await gate.authorize(Fixture.request(token: "the application's own"), requires: requirement)
            #expect(result.status == 200 && result.proceeding?.isDecided == true)
            #expect(result.proceeding?.principal == nil)
            #expect(authenticator.requestCount == 0)
        }
    }

    @Test("a principal that something else attached before counts for nothing")
    func attachedBefore() async throws {
        let gate = Gate(FixedAuthenticator(.anonymous), try Fixture.authorizer.get())
        var request = Fixture.request()
        request.principal = Self.reader
        request.isDecided = true
        #expect(await gate.authorize(request, requires: Self.read).status == 401)
        #expect(await gate.authorize(request, requires: nil).status == 401)
    }

    @Test("a placeholder that is there twice meets no requirement, but on a public route")
    func repeated() async throws {
        let authenticator = FixedAuthenticator(.authenticated(Self.reader))
        let gate = Gate(authenticator, try Fixture.authorizer.get())
        var request = Fixture.request()
        for value in ["org_1", "org_2"] { request.addParameter("org", value) }
        #expect(await gate.authorize(request, requires: Self.read).status == 403)
        #expect(await gate.authorize(request, requires: .authenticated).status == 403)
        #expect(await gate.authorize(request, requires: .public).status == 200)
    }

    @Test("the reason of a refusal is the decision's")
    func reason() async throws {
        let gate = Gate(FixedAuthenticator(.authenticated(Self.other)), try Fixture.authorizer.get())
        #expect(
            await gate.authorize(Fixture.request(), requires: Self.read).rejection?.reason.message
                == "org:invoices:read for user user_2 is denied: nothing allows it"
        )
        #expect(
            await gate.authorize(Fixture.request(), requires: nil).rejection?.reason.message
                == "the route does not say what it requires, and is closed"
        )
    }
}
