import Gatehouse
import Testing

@Suite("Requirements combine in a logic of four values")
struct RequirementTests {
    private static let outcomes: [Requirement.Outcome] = [
        .allowed, .refused("no"), .refused("old", reverification: .strict), .unauthenticated, .unavailable("down"),
    ]

    private func context(_ principal: Principal?) throws -> Requirement.Context {
        let engine = try PolicyEngine(
            Policy {
                Role("member") { Grants("read") }
                Role("admin") { Inherits("member") }
            }
        )
        return Requirement.Context(principal: principal, authorizer: Authorizer(engine: engine))
    }

    private func leaf(_ outcome: Requirement.Outcome) -> Requirement { .custom("leaf") { _ in outcome } }

    @Test(
        "a permission and a role are judged by the policy, inheritance included",
        arguments: [
            (["admin"], true, true, true), (["member"], true, false, true), ([], false, false, false),
            (["other"], false, false, false),
        ] as [([String], Bool, Bool, Bool)]
    )
    func leaves(roles: [String], reads: Bool, isAdmin: Bool, isMember: Bool) async throws {
        let context = try context(Principal("x", roles: roles.map { RoleAssignment($0) }))
        #expect(await (Requirement.permission("read").evaluate(context) == .allowed) == reads)
        #expect(await (Requirement.role("admin").evaluate(context) == .allowed) == isAdmin)
        #expect(await (Requirement.role("member").evaluate(context) == .allowed) == isMember)
    }

    @Test("a permission and a role are unauthenticated without a principal, also when negated")
    func anonymous() async throws {
        let context = try context(nil)
        for requirement: Requirement in [.permission("read"), .role("admin"), .not(.permission("read"))] {
            #expect(await requirement.evaluate(context) == .unauthenticated)
        }
    }

    @Test("empty combinators refuse")
    func empty() async throws {
        for requirement: Requirement in [.allOf([]), .anyOf([])] {
            guard case .refused = try await requirement.evaluate(context(Principal("x"))) else {
                Issue.record("\(requirement) did not refuse")
                continue
            }
        }
    }

    @Test("an anyOf with an undecided branch is unavailable, unless another branch allows")
    func undecided() async throws {
        let context = try context(Principal("x"))
        #expect(
            await Requirement.anyOf(leaf(.refused("")), leaf(.unavailable("a"))).evaluate(context) == .unavailable("a")
        )
        #expect(await Requirement.anyOf(leaf(.unavailable("a")), leaf(.allowed)).evaluate(context) == .allowed)
        #expect(
            await Requirement.allOf(leaf(.unavailable("a")), leaf(.refused("b"))).evaluate(context) == .refused("b")
        )
    }

    @Test("the laws hold for every three outcomes", arguments: outcomes, outcomes)
    func laws(first: Requirement.Outcome, second: Requirement.Outcome) async throws {
        let context = try context(Principal("x"))
        await checkLaws(leaf(first), leaf(second), Self.outcomes.map(leaf), context)
    }

    /// Leaves of every kind, met and unmet, some of which ask for a placeholder that the path does not have.
    private static let leaves: [Requirement] = [
        .public, .authenticated, .permission("read"), .permission("write"), .role("member"), .role("other"),
        .tokenKind(.session), .organization(inPath: "org"), .organization(inPath: "missing"),
        .permission("read", on: .path("invoice", "org")), .permission("read", on: .path("invoice", "missing")),
        .permission("write", on: .path("invoice", "org")), .permission("re*d"), .factor(.strict), .factor(.lax),
        .plan("pro"), .feature("o:export"), .organization(.any), .organization(.named("acme")),
    ]

    private static let principals: [Principal?] = [
        nil, Principal("x"), Principal("x", organization: "org_1", roles: ["member"], tokenKind: .session),
        Principal(
            "x",
            organization: "org_2",
            roles: [RoleAssignment("member", on: ResourceID(type: "invoice", id: "org_1"))]
        ),
        Principal("x", organization: "org_1", roles: ["admin"], tokenKind: .oauth),
        Principal(
            "x",
            organization: Principal.Organization("org_1", slug: "acme"),
            features: ["o:export"],
            plans: ["u:pro"],
            factorAges: Principal.FactorAges(first: 20, second: nil),
            tokenKind: .session
        ),
    ]

    @Test("the laws hold for every three leaves and every principal", arguments: principals.indices)
    func lawsOfLeaves(principal: Int) async throws {
        var context = try context(Self.principals[principal])
        context.parameters = ["org": "org_1"]
        for first in Self.leaves {
            for second in Self.leaves { await checkLaws(first, second, Self.leaves, context) }
        }
    }

    private func checkLaws(
        _ a: Requirement,
        _ b: Requirement,
        _ others: [Requirement],
        _ context: Requirement.Context
    ) async {
        func same(_ lhs: Requirement, _ rhs: Requirement, _ law: Comment) async {
            let (left, right) = await (lhs.evaluate(context), rhs.evaluate(context))
            if left.kind != right.kind { Issue.record("\(law): \(lhs) is \(left.kind), \(rhs) is \(right.kind)") }
        }
        await same(.allOf(a, b), .allOf(b, a), "order")
        await same(.anyOf(a, b), .anyOf(b, a), "order")
        await same(.allOf(a), a, "one alone")
        await same(.anyOf(a), a, "one alone")
        await same(.allOf(a, .public), a, "identity")
        await same(.anyOf(a, leaf(.refused(""))), a, "identity")
        await same(.not(.not(a)), a, "double negation")
        await same(.not(.allOf(a, b)), .anyOf(.not(a), .not(b)), "De Morgan")
        await same(.not(.anyOf(a, b)), .allOf(.not(a), .not(b)), "De Morgan")
        for c in others {
            await same(.allOf(a, .allOf(b, c)), .allOf(.allOf(a, b), c), "associativity")
            await same(.anyOf(a, .anyOf(b, c)), .anyOf(.anyOf(a, b), c), "associativity")
        }
    }
}

extension Requirement.Outcome {
    fileprivate var kind: String {
        switch self {
        case .allowed: "allowed"
        case .refused(_, nil): "refused"
        case .refused: "to step up"
        case .unauthenticated: "unauthenticated"
        case .unavailable: "unavailable"
        }
    }
}
