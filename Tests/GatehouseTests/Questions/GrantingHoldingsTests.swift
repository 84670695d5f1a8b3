import Gatehouse
import Testing

@Suite("The rights that allow handing out a role are those of a check then and there")
struct GrantingHoldingsTests {
    private let policy = Policy {
        Role("viewer") { Grants("org:*:read") }
        Role("editor") {
            Inherits("viewer")
            Grants("org:documents:**")
        }
        Role("payer") { Grants("org:payments:*") }
        Role("approver") { Grants("org:approvals:*") }
        Constraint("pay-or-approve", .dynamic, roles: ["payer", "approver"], limit: 1)
        Assignment("viewer", to: "alice", in: "org_1")
        Assignment(RoleAssignment("editor", on: ResourceID("doc:42")), to: "bob")
    }
    private let start = Timestamp.distantPast

    private func remainder(
        _ role: String,
        _ principal: Principal,
        on resource: String? = nil,
        at time: Timestamp = .distantPast
    ) throws -> [String] {
        let resource = resource.flatMap { ResourceID($0) }
        return try PolicyEngine(policy).canGrant(role, by: principal, on: resource, at: time).remainder.map(\.text)
    }

    @Test("the policy's assignments count in their organization")
    func organization() throws {
        #expect(try remainder("viewer", Principal("alice", organization: "org_1")) == [])
        #expect(try remainder("viewer", Principal("alice", organization: "org_2")) == ["org:*:read"])
        #expect(try remainder("viewer", Principal("alice")) == ["org:*:read"])
    }

    @Test("a role that is held for one resource is handed out for that resource")
    func resource() throws {
        #expect(try remainder("editor", Principal("bob"), on: "doc:42") == [])
        #expect(try remainder("viewer", Principal("bob"), on: "doc:42") == [])
        #expect(try remainder("viewer", Principal("bob"), on: "doc:43") == ["org:*:read"])
        #expect(try remainder("viewer", Principal("bob")) == ["org:*:read"])
    }

    @Test("a role counts while it is held")
    func time() throws {
        let noon = try #require(Timestamp(seconds: 43_200))
        let principal = Principal("carol", roles: [RoleAssignment("viewer", notBefore: noon)])
        #expect(try remainder("viewer", principal, at: noon) == [])
        #expect(try remainder("viewer", principal) == ["org:*:read"])
    }

    @Test("only the active roles of a session count, whether held or inherited")
    func session() throws {
        func session(_ active: [String]) -> Principal {
            Principal("dan", roles: ["editor", "payer"], activeRoles: active)
        }
        #expect(try remainder("editor", session(["editor"])) == [])
        #expect(try remainder("viewer", session(["viewer"])) == [])
        #expect(try remainder("editor", session(["viewer"])) == ["org:documents:**"])
        #expect(try remainder("viewer", session(["payer", "approver"])) == ["org:*:read"])
        #expect(try remainder("viewer", session([])) == ["org:*:read"])
    }

    @Test("a violated constraint leaves nothing held")
    func constraint() throws {
        #expect(try remainder("payer", Principal("eve", roles: ["payer"])) == [])
        #expect(try remainder("payer", Principal("eve", roles: ["payer", "approver"])) == ["org:payments:*"])
        #expect(try remainder("payer", Principal("eve", roles: ["payer", "approver"], activeRoles: ["payer"])) == [])
    }

    @Test(
        "a role that is not defined gives nothing, and holding one adds nothing",
        arguments: Policy.Combining.allCases
    )
    func undefined(combining: Policy.Combining) throws {
        var policy = policy
        policy.combining = combining
        let engine = try PolicyEngine(policy)
        #expect(engine.canGrant("VIEWER", by: Principal("x"), at: start).isAllowed)
        #expect(!engine.canGrant("viewer", by: Principal("x", roles: ["VIEWER"]), at: start).isAllowed)
    }

    @Test("an assessment names the missing rights")
    func description() throws {
        let engine = try PolicyEngine(policy)
        #expect(
            engine.canGrant("editor", by: Principal("x"), at: start).description
                == "not grantable: it gives org:*:read, org:documents:**, which are not held"
        )
        #expect(
            engine.canGrant("payer", by: Principal("x"), at: start).description
                == "not grantable: it gives org:payments:*, which is not held"
        )
        #expect(
            engine.canGrant("payer", by: Principal("x", roles: ["payer"]), at: start).description
                == "grantable: everything that it gives is held"
        )
    }
}
