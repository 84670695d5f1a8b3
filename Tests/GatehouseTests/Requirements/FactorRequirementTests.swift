import Gatehouse
import Testing

@Suite("A requirement can ask for a recent proof of the user's identity")
struct FactorRequirementTests {
    private func outcome(
        _ requirement: Requirement,
        _ first: Int?,
        _ second: Int?,
        kind: Principal.TokenKind = .session
    ) async throws -> Requirement.Outcome {
        let principal = Principal(
            "x",
            factorAges: Principal.FactorAges(first: first, second: second),
            tokenKind: kind
        )
        let authorizer = Authorizer(engine: try PolicyEngine(Policy {}))
        return await requirement.evaluate(Requirement.Context(principal: principal, authorizer: authorizer))
    }

    @Test(
        "Clerk's levels fall back to the first factor, and a strict level does not",
        arguments: [
            (Reverification.strict, 9, 9, true), (.strict, 9, 10, false), (.strict, 60, 9, true),
            (.strict, 9, nil, true),
            (.strict, 10, nil, false), (.strict, nil, nil, false), (.strict, 9, -1, true), (.strict, -1, -1, false),
            (.strictMFA, 9, 9, true), (.strictMFA, 10, 9, false), (.strictMFA, 9, nil, true),
            (Reverification(.firstFactor, afterMinutes: 5), 4, 100, true),
            (Reverification(.firstFactor, afterMinutes: 5), 5, 0, false),
            (Reverification(.secondFactorStrict, afterMinutes: 10), 0, nil, false),
            (Reverification(.secondFactorStrict, afterMinutes: 10), 0, -1, false),
            (Reverification(.secondFactorStrict, afterMinutes: 10), 100, 9, true),
            (Reverification(.secondFactorStrict, afterMinutes: 10), 0, 10, false),
            (Reverification(.secondFactorStrict, afterMinutes: nil), nil, 9_999, true),
            (Reverification(.secondFactorStrict, afterMinutes: nil), 0, nil, false),
            (Reverification(.secondFactor, afterMinutes: nil), 9_999, nil, true),
        ] as [(Reverification, Int?, Int?, Bool)]
    )
    func levels(reverification: Reverification, first: Int?, second: Int?, isMet: Bool) async throws {
        let outcome = try await outcome(.factor(reverification), first, second)
        guard !isMet else {
            #expect(outcome == .allowed)
            return
        }
        guard case .refused(_, let asked) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(asked == reverification)
    }

    @Test(
        "a credential that cannot step up is refused without a step-up",
        arguments: [Principal.TokenKind.oauth, .m2m, .jwt]
    )
    func machines(kind: Principal.TokenKind) async throws {
        guard case .refused(_, nil) = try await outcome(.factor(.lax), 0, 0, kind: kind) else {
            Issue.record("\(kind) may step up")
            return
        }
    }

    @Test(
        "a step-up is the strongest that is needed or the weakest of several ways, where nothing else is missing"
    )
    func combined() async throws {
        let strict = Requirement.factor(.strict)
        let lax = Requirement.factor(.lax)
        let never = Requirement.organization(.any)
        let expected: [(Requirement, Reverification?)] = [
            (.allOf(strict, .authenticated), .strict), (.allOf(strict, never), nil), (.allOf(never, strict), nil),
            (.allOf(strict, lax), .strict), (.allOf(lax, strict), .strict), (.anyOf(strict, lax), .lax),
            (.anyOf(lax, strict), .lax), (.anyOf(never, strict), .strict), (.anyOf(strict, never), .strict),
            (.not(.not(strict)), .strict), (.not(.authenticated), nil),
        ]
        for (requirement, reverification) in expected {
            guard case .refused(_, let asked) = try await outcome(requirement, 9_999, nil) else {
                Issue.record("\(requirement) is met")
                continue
            }
            #expect(asked == reverification, "\(requirement)")
        }
        let undecided = Requirement.custom("down") { _ in .unavailable("down") }
        #expect(try await outcome(.anyOf(strict, undecided), 9_999, nil) == .unavailable("down"))
        #expect(try await outcome(.anyOf(undecided, strict), 9_999, nil) == .unavailable("down"))
    }

    @Test(
        "plans and features have the scope that the requirement asks for",
        arguments: [
            ("pro", true), ("o:pro", true), ("org:pro", true), ("u:pro", false), ("user:basic", true), ("basic", true),
            ("o:basic", false), ("other", false), ("", false), ("x:pro", false),
        ]
    )
    func plans(name: String, isHeld: Bool) async throws {
        let authorizer = Authorizer(engine: try PolicyEngine(Policy {}))
        for (kind, expected) in [(Principal.TokenKind.session, isHeld), (.oauth, false)] {
            let entries = ["o:pro", "u:basic"]
            let principal = Principal("x", features: entries, plans: entries, tokenKind: kind)
            let context = Requirement.Context(principal: principal, authorizer: authorizer)
            #expect(await (Requirement.plan(name).evaluate(context) == .allowed) == expected)
            #expect(await (Requirement.feature(name).evaluate(context) == .allowed) == expected)
            let isMissing = await Requirement.not(.plan(name)).evaluate(context) == .allowed
            #expect(isMissing == (kind == .session && !isHeld && !["", "x:pro"].contains(name)))
        }
    }

    @Test("a requirement is for any organization, or for that of an id or slug")
    func organizations() async throws {
        let authorizer = Authorizer(engine: try PolicyEngine(Policy {}))
        let member = Principal("x", organization: Principal.Organization("org_1", slug: "acme"))
        for (demand, principal, isMet) in [
            (Requirement.OrganizationDemand.any, member, true), (.any, Principal("x"), false),
            (.named("org_1"), member, true), (.named("acme"), member, true), (.named("org_2"), member, false),
            (.named(""), member, false), (.named("ACME"), member, false),
        ] {
            let context = Requirement.Context(principal: principal, authorizer: authorizer)
            #expect(await (Requirement.organization(demand).evaluate(context) == .allowed) == isMet, "\(demand)")
        }
    }
}
