import GatehouseHTTP
import GatehouseTesting
import Synchronization
import Testing

@Suite("Observers hear of each refusal by a gate once, with the request")
struct ToldRefusalTests {
    private final class Listener: DecisionObserver {
        private struct Full: Error {}

        private let isFull: Bool
        private let events = Mutex<[RequirementEvent]>([])
        private let decisions = Mutex(0)
        var heard: [RequirementEvent] { events.withLock { $0 } }
        var decisionCount: Int { decisions.withLock { $0 } }

        init(isFull: Bool = false) {
            self.isFull = isFull
        }

        func observe(_ event: DecisionEvent) async throws { decisions.withLock { $0 += 1 } }

        func observe(_ event: RequirementEvent) async throws {
            if isFull { throw Full() }
            events.withLock { $0.append(event) }
        }
    }

    private static let ann = Principal("ann", organization: Principal.Organization("org_1"), roles: ["org:reader"])

    private func authorizer(_ observer: Listener) throws -> Authorizer {
        let policy = Policy { Role("org:reader", grants: ["org:invoices:read"]) }
        return Authorizer(engine: try PolicyEngine(policy), issuer: "", observers: [observer])
    }

    private func gate(_ observer: Listener) throws -> Gate<FixedAuthenticator> {
        Gate(FixedAuthenticator(.authenticated(Self.ann)), try authorizer(observer))
    }

    @Test(
        "observers hear of a refusal by a requirement, and by a route that requires nothing",
        arguments: [
            (.role("org:admin"), "the role org:admin", "org:admin for user ann in org_1 is denied: it is not held"),
            (nil, nil, "the route does not say what it requires, and is closed"),
        ] as [(Requirement?, String?, String)]
    )
    func refused(requirement: Requirement?, name: String?, reason: String) async throws {
        let listener = Listener()
        let request = AuthorizationRequest(
            method: .get,
            path: "/invoices",
            headerFields: [.userAgent: "curl/8"],
            requestID: "request-1"
        )
        #expect(try await gate(listener).authorize(request, requires: requirement).status == 403)
        let event = try #require(listener.heard.first)
        #expect(listener.heard.count == 1 && listener.decisionCount == 0)
        #expect(event.requirement?.description == name)
        #expect(event.reason == reason && !event.isAllowed && event.reverification == nil)
        #expect(event.principal.id == "ann" && event.principal.organization?.id == "org_1")
        #expect(event.request == RequestDescription(id: "request-1", userAgent: "curl/8"))
    }

    @Test("observers hear of a refusal by a placeholder that is there twice")
    func repeated() async throws {
        let listener = Listener()
        var request = Fixture.request()
        for value in ["org_1", "org_2"] { request.addParameter("org", value) }
        #expect(try await gate(listener).authorize(request, requires: .authenticated).status == 403)
        #expect(listener.heard.map(\.reason) == ["the route has the placeholder org twice"])
    }

    @Test("observers hear of a refusal by a guard behind which nothing decided")
    func undecided() async throws {
        let listener = Listener()
        let guardian = DecisionGuard(telling: try authorizer(listener))
        var request = Fixture.request()
        request.principal = Self.ann
        #expect(await guardian.authorize(request).status == 403)
        #expect(listener.heard.map(\.reason) == ["nothing decided this request"])
        #expect(await guardian.authorize(Fixture.request()).status == 401)
        request.isDecided = true
        #expect(await guardian.authorize(request).status == 200)
        #expect(listener.heard.count == 1)
    }

    @Test("a permission's decision is heard of as a decision alone", arguments: ["org:invoices:read", "org:void"])
    func permission(name: String) async throws {
        let listener = Listener()
        _ = try await gate(listener).authorize(Fixture.request(), requires: .permission(.init(name)))
        #expect(listener.heard.isEmpty && listener.decisionCount == 1)
    }

    @Test("a request without a principal is refused unheard")
    func nobody() async throws {
        let listener = Listener()
        let gate = Gate(FixedAuthenticator(.anonymous), try authorizer(listener))
        for requirement in [nil, .role("org:admin"), .authenticated] as [Requirement?] {
            #expect(await gate.authorize(Fixture.request(), requires: requirement).status == 401)
        }
        #expect(listener.heard.isEmpty)
    }

    @Test("a refusal of which an observer took no note is 503", arguments: [nil, .role("org:admin")] as [Requirement?])
    func full(requirement: Requirement?) async throws {
        let gate = try gate(Listener(isFull: true))
        #expect(await gate.authorize(Fixture.request(), requires: requirement).status == 503)
    }
}
