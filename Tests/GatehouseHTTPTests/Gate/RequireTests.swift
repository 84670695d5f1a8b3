import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A handler that asks throws the answer of a guard")
struct RequireTests {
    private let unreachable = ScriptedMemberships(
        failing: MembershipSourceError("down\nforged", retryAfter: .seconds(7))
    )

    private static let principals: [Principal?] = [
        nil, Principal("x"), Principal("x", roles: ["org:reader"]),
        Principal("x", roles: [RoleAssignment("org:reader", on: ResourceID(type: "invoice", id: "7"))]),
    ]

    @Test("the thrown error is the guard's rejection, byte for byte", arguments: principals.indices, [true, false])
    func same(index: Int, isReachable: Bool) async throws {
        let authorizer =
            isReachable
            ? try Fixture.authorizer.get()
            : Authorizer(engine: try Fixture.authorizer.get().engine, memberships: unreachable)
        var request = Fixture.request()
        request.principal = Self.principals[index]
        let guarded = await RequirementGuard(.permission("org:invoices:read"), by: authorizer).authorize(request)
        var thrown: AccessError?
        do throws(AccessError) {
            try await authorizer.require("org:invoices:read", for: request.principal)
        } catch {
            thrown = error
        }
        let rejection = thrown.map { Refusals().rejection(of: request, for: $0) }
        #expect(rejection?.response == guarded.rejection?.response)
        #expect(rejection?.body == guarded.rejection?.body)
        #expect(rejection?.reason == guarded.rejection?.reason)
        #expect((thrown == nil) == (isReachable && index == 2))
        if !isReachable, index > 0 {
            #expect(thrown?.code == .unavailable && thrown?.retryAfter == .seconds(7))
            #expect(rejection?.response.headerFields[.retryAfter] == "7")
            #expect(thrown?.message.contains("\n") == false)
        }
    }

    @Test("a resource, an action and a context of the handler count")
    func resource() async throws {
        let authorizer = try Fixture.authorizer.get()
        let principal = Self.principals[3]
        try await authorizer.require("org:invoices:read", for: principal, on: Resource(type: "invoice", id: "7"))
        await #expect(throws: AccessError.self) {
            try await authorizer.require("org:invoices:read", for: principal, on: Resource(type: "invoice", id: "8"))
        }
        try await authorizer.require(.anyOf(.role("org:other"), .authenticated), for: principal)
        await #expect(throws: AccessError.self) { try await authorizer.require(.role("org:other"), for: principal) }
    }

    @Test("an error of an unknown code is a refusal, and 401 where nobody is known")
    func unknownCode() {
        let error = AccessError(.init(rawValue: "teapot"), "no\u{7}")
        #expect(error.description == "teapot: no\\u{7}")
        #expect(Refusals().rejection(of: Fixture.request(principal: "x"), for: error).response.status == .forbidden)
        #expect(Refusals().rejection(of: Fixture.request(), for: error).response.status == .unauthorized)
    }
}
