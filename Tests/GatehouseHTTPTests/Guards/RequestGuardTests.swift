import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("Guards let requests go on, or reject them")
struct RequestGuardTests {
    @Test(
        "authentication attaches a principal but does not require a principal",
        arguments: [
            (.authenticated(Principal("user_2")), 200, "user_2"),
            (.anonymous, 200, nil),
            (.rejected(code: "token-expired", message: "it has expired"), 401, nil),
            (.unavailable(code: "jwk-remote-failed-to-load", message: "no keys"), 503, nil),
        ] as [(Authentication, Int, String?)]
    )
    func authentication(found: Authentication, status: Int, principal: String?) async {
        let requestGuard = AuthenticationGuard(FixedAuthenticator(found))
        let result = await requestGuard.authorize(Fixture.request(token: "x", principal: "user_before"))
        #expect(result.status == status)
        #expect(result.proceeding?.principal?.id == principal)
        #expect(result.proceeding?.isDecided != true, "being known is not being allowed")
    }

    @Test(
        "an outcome becomes a status",
        arguments: [
            (.allowed, true, 200),
            (.allowed, false, 200),
            (.refused("no"), true, 403),
            (.refused("no"), false, 401),
            (.unauthenticated, true, 401),
            (.unauthenticated, false, 401),
            (.unavailable("later"), true, 503),
            (.unavailable("later"), false, 503),
        ] as [(Requirement.Outcome, Bool, Int)]
    )
    func outcomes(outcome: Requirement.Outcome, hasPrincipal: Bool, status: Int) async throws {
        let requestGuard = RequirementGuard(.custom("scripted") { _ in outcome }, by: try Fixture.authorizer.get())
        let result = await requestGuard.authorize(Fixture.request(principal: hasPrincipal ? "user_1" : nil))
        #expect(result.status == status)
        #expect(result.proceeding.map(\.isDecided) ?? true)
    }

    @Test(
        "a requirement is judged by the policy",
        arguments: [("org:reader", 200), ("org:other", 403), (nil, 401)] as [(String?, Int)]
    )
    func requirement(role: String?, status: Int) async throws {
        let requestGuard = RequirementGuard(.permission("org:invoices:read"), by: try Fixture.authorizer.get())
        var request = Fixture.request()
        request.principal = role.map { Principal("user_1", roles: [RoleAssignment($0)]) }
        #expect(await requestGuard.authorize(request).status == status)
    }

    @Test("a guard refuses undecided requests", arguments: [("user_1", 403), (nil, 401)] as [(String?, Int)])
    func decisionGuard(user: String?, status: Int) async {
        let request = Fixture.request(principal: user)
        #expect(await DecisionGuard().authorize(request).status == status)
        #expect(await PublicAccess().then(DecisionGuard()).authorize(request).status == 200)
    }

    @Test("the first rejection in a sequence is the answer, and every requirement must be met")
    func sequence() async throws {
        let authorizer = try Fixture.authorizer.get()
        let known = AuthenticationGuard(FixedAuthenticator(.authenticated(Principal("user_1"))))
        let yes = Requirement.custom("yes") { _ in .allowed }
        let no = Requirement.custom("no") { _ in .refused("no") }
        let guarded = known.requiring(yes, by: authorizer)
        #expect(await guarded.then(DecisionGuard()).authorize(Fixture.request()).status == 200)
        #expect(await guarded.requiring(no, by: authorizer).authorize(Fixture.request()).status == 403)
        #expect(
            await known.requiring(no, by: authorizer).requiring(yes, by: authorizer)
                .authorize(Fixture.request()).status == 403
        )
        #expect(await known.then(DecisionGuard()).authorize(Fixture.request()).status == 403)
    }
}
