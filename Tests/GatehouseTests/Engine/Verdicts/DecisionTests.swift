import Gatehouse
import Testing

@Suite("A decision names everything that decided, by the shortest path")
struct DecisionTests {
    private let policy = Policy {
        Role("owner") { Inherits("admin", "billing") }
        Role("admin") {
            Inherits("member", "billing")
            Grants("org:members:*", "org:invoices:**", "org:invoices:*")
        }
        Role("billing") { Grants("org:invoices:*") }
        Role("member") {
            Grants("org:reports:read")
            Denies("org:members:delete")
        }
        Assignment("member", to: "alice", in: "org_1")
        Assignment("owner", to: "bob")
        Assignment(RoleAssignment("billing", on: ResourceID("doc:42")), to: "carol")
    }

    private func decide(_ permission: Permission, _ principal: Principal, on resource: Resource? = nil) throws
        -> Decision
    {
        try PolicyEngine(policy).decide(AccessCheck(permission, by: principal, on: resource, at: .distantPast))
    }

    @Test("a path is told only where it is longer than the role that decides")
    func shortPath() throws {
        let engine = try PolicyEngine(Policy(roles: [Role("member", grants: ["x"])]))
        let decision = engine.decide(AccessCheck("x", by: Principal("p", roles: ["member"]), at: .distantPast))
        #expect(decision.description == "allowed: member grants x")
    }

    @Test("an undefined role is held by its own name alone")
    func undefinedRole() throws {
        let principal = try PolicyEngine(Policy()).resolve(Principal("p", roles: ["guest"]))
        #expect(principal.holds(role: "guest", at: .distantPast))
        #expect(!principal.holds(role: "member", at: .distantPast))
    }

    @Test("an allow lists every grant, in the order of the policy")
    func allow() throws {
        #expect(
            try decide("org:invoices:read", Principal("x", roles: ["owner"])).reasons == [
                .grant(role: "admin", pattern: "org:invoices:**", path: ["owner", "admin"]),
                .grant(role: "admin", pattern: "org:invoices:*", path: ["owner", "admin"]),
                .grant(role: "billing", pattern: "org:invoices:*", path: ["owner", "billing"]),
            ]
        )
    }

    @Test("a denial that is inherited beats the heir's own grant")
    func deny() throws {
        let decision = try decide("org:members:delete", Principal("x", roles: ["admin"]))
        #expect(!decision.isAllowed)
        #expect(decision.reasons == [.deny(role: "member", pattern: "org:members:delete", path: ["admin", "member"])])
        #expect(decision.description == "denied: member denies org:members:delete (admin > member)")
    }

    @Test("the held role with the shorter path counts, then the first held")
    func paths() throws {
        let reasons = try decide("org:reports:read", Principal("x", roles: ["owner", "billing", "member"])).reasons
        #expect(reasons == [.grant(role: "member", pattern: "org:reports:read", path: ["member"])])
        let tie = try decide("org:invoices:pay", Principal("x", roles: ["owner", "admin"])).reasons.last
        #expect(tie == .grant(role: "billing", pattern: "org:invoices:*", path: ["owner", "billing"]))
    }

    @Test("a decision without an allowance is the default denial", arguments: [[], ["undefined"], ["BILLING"]])
    func byDefault(roles: [String]) throws {
        let decision = try decide("org:invoices:read", Principal("x", roles: roles.map { RoleAssignment($0) }))
        #expect(!decision.isAllowed && decision.reasons == [.default])
    }

    @Test("an assignment holds in its organization, or everywhere without one")
    func organizations() throws {
        let permission: Permission = "org:reports:read"
        #expect(try decide(permission, Principal("alice", organization: "org_1")).isAllowed)
        #expect(try !decide(permission, Principal("alice", organization: "org_2")).isAllowed)
        #expect(try !decide(permission, Principal("alice")).isAllowed)
        #expect(try decide(permission, Principal("bob", organization: "org_2")).isAllowed)
        #expect(try decide(permission, Principal("bob")).isAllowed)
        #expect(try !decide(permission, Principal("bob", organization: "")).isAllowed)
    }

    @Test("an assignment for a resource holds for that resource alone, compared by bytes")
    func resources() throws {
        let permission: Permission = "org:invoices:read"
        #expect(try decide(permission, Principal("carol"), on: Resource(type: "doc", id: "42")).isAllowed)
        #expect(try !decide(permission, Principal("carol"), on: Resource(type: "doc", id: "43")).isAllowed)
        #expect(try !decide(permission, Principal("carol"), on: Resource(id: "42")).isAllowed)
        #expect(try !decide(permission, Principal("carol")).isAllowed)
    }

    @Test(
        "a role for a time holds from notBefore to just before notAfter",
        arguments: [(9, false), (10, true), (19, true), (20, false)] as [(Int64, Bool)]
    )
    func times(seconds: Int64, isAllowed: Bool) throws {
        let role = RoleAssignment("billing", notBefore: Timestamp(seconds: 10), notAfter: Timestamp(seconds: 20))
        let now = try #require(Timestamp(seconds: seconds))
        let engine = try PolicyEngine(policy)
        let principal = Principal("x", roles: [role])
        #expect(engine.decide(AccessCheck("org:invoices:read", by: principal, at: now)).isAllowed == isAllowed)
        #expect(engine.resolve(principal).allows("org:invoices:read", at: now) == isAllowed)
    }

    @Test("names that only look alike are different principals, organizations and resources")
    func bytes() throws {
        let policy = Policy {
            Role("r") { Grants("p") }
            Assignment("r", to: "\u{E9}", in: "K")
        }
        let engine = try PolicyEngine(policy)
        #expect(engine.resolve(Principal("\u{E9}", organization: "K")).allows("p", at: .distantPast))
        #expect(!engine.resolve(Principal("e\u{301}", organization: "K")).allows("p", at: .distantPast))
        #expect(!engine.resolve(Principal("\u{E9}", organization: "\u{212A}")).allows("p", at: .distantPast))
        #expect(Principal.Organization("K") != "\u{212A}")
        #expect(RoleAssignment("K") != "\u{212A}")
    }

    @Test(
        "a malformed name as text is denied, even to a principal that may do everything",
        arguments: ["", "a b", "*", "a:"]
    )
    func malformed(name: String) throws {
        let engine = try PolicyEngine(Policy { Role("root") { Grants("**") } })
        let root = engine.resolve(Principal("x", roles: ["root"]))
        #expect(!root.allows(name, at: .distantPast))
        #expect(root.allows("any:thing", at: .distantPast))
    }
}
