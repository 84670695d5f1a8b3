import Gatehouse
import Testing

@Suite("A requirement of a malformed name ends no program, and nobody meets it")
struct MalformedNameTests {
    private func outcome(_ requirement: Requirement, _ principal: Principal?) async throws -> Requirement.Outcome {
        let authorizer = try Authorizer(policy: Policy { Role("root") { Grants("**") } })
        return await requirement.evaluate(Requirement.Context(principal: principal, authorizer: authorizer))
    }

    @Test(
        "a malformed permission is refused, also if negated, and the refusal says why",
        arguments: ["org:invoices:*", "**", "", ":", "a b", String(repeating: "x", count: 257)]
    )
    func refused(name: String) async throws {
        let root = Principal("root", roles: ["root"])
        let refusal = Requirement.Outcome.refused("\(NameError(.invalidPermission, name))")
        for requirement in [Requirement.permission(name), .not(.permission(name)), .allOf(.permission(name))] {
            #expect(try await outcome(requirement, root) == refusal)
            #expect(try await outcome(requirement, nil) == .unauthenticated)
        }
        #expect(try await outcome(.anyOf(.permission(name), .permission("a")), root) == .allowed)
    }

    @Test(
        "what nobody can meet is refused, also if negated, without a step up, and the refusal says why",
        arguments: [
            .plan(""), .plan("uo:pro"), .plan(":pro"), .plan("O:pro"), .feature(""), .feature("uo:invoices"),
            .feature("x:invoices"), .role(""), .organization(.named("")),
            .factor(Reverification(.secondFactor, afterMinutes: 0)),
            .factor(Reverification(.firstFactor, afterMinutes: .min)),
        ] as [Requirement]
    )
    func faults(requirement: Requirement) async throws {
        let root = Principal(
            "root",
            organization: "org_1",
            roles: ["root"],
            features: ["uo:invoices"],
            plans: ["uo:pro"],
            factorAges: .init(first: 0, second: 0),
            tokenKind: .session
        )
        let fault = try #require(requirement.fault)
        for requirement in [requirement, .not(requirement), .not(.not(requirement)), .allOf(requirement)] {
            #expect(try await outcome(requirement, root) == .refused(fault))
            #expect(try await outcome(requirement, nil) == .unauthenticated)
        }
        #expect(try await outcome(.anyOf(requirement, .authenticated), root) == .allowed)
    }

    @Test("a literal, a text and a typed constant are the same requirement")
    func spellings() async throws {
        let (text, typed): (String, Permission) = ("invoices:read", "invoices:read")
        let requirements: [Requirement] = [.permission("invoices:read"), .permission(text), .permission(typed)]
        for requirement in requirements {
            #expect(requirement.description == "the permission invoices:read")
            #expect(try await outcome(requirement, Principal("root", roles: ["root"])) == .allowed)
        }
        #expect(Requirement.PermissionName(text) == Requirement.PermissionName(typed))
        #expect(
            Requirement.permission("a\nb", on: .path("doc", "id")).description
                == #"the permission a\u{a}b on the doc {id}"#
        )
    }
}
