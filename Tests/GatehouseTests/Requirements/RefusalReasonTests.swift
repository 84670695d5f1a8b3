import Gatehouse
import Testing

@Suite("A refused requirement says why")
struct RefusalReasonTests {
    private static let policy = Policy {
        Role("member") { Grants("invoices:read") }
        Role("admin") {
            Inherits("member")
            Grants("invoices:*")
        }
        Role("suspended") { Denies("**") }
    }

    private func reason(
        _ requirement: Requirement,
        _ principal: Principal = Principal("x", organization: "org_1", roles: ["admin", "suspended"]),
        _ permissionSource: Authorizer.PermissionSource = .roles,
        memberships: any MembershipSource = SessionClaims()
    ) async throws -> String? {
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            permissionSource: permissionSource,
            scopes: ["read": ["invoices:read"]],
            memberships: memberships
        )
        let context = Requirement.Context(principal: principal, authorizer: authorizer)
        guard case .refused(let reason, _) = await requirement.evaluate(context) else { return nil }
        return reason
    }

    @Test("a permission has the decision's reason")
    func decision() async throws {
        #expect(
            try await reason(.permission("invoices:void"))
                == "invoices:void for user x in org_1 is denied: suspended denies **"
        )
        #expect(
            try await reason(.permission("invoices:void"), Principal("x", roles: ["member"]))
                == "invoices:void for user x is denied: nothing allows it"
        )
        #expect(
            try await reason(.permission("invoices:void"), Principal("x", roles: ["member"]), .both)
                == "invoices:void for user x is denied: nothing allows it"
        )
        #expect(
            try await reason(.permission("invoices:void"), Principal("x", roles: ["admin"]), .token)
                == "invoices:void for user x is denied: the credential does not carry it"
        )
        #expect(try await reason(.permission("invoices:void"), Principal("x", roles: ["admin"])) == nil)
    }

    @Test("roles that were loaded are among the reasons")
    func loaded() async throws {
        let member = Member("x", in: "org_1", issuer: "")
        let store = InMemoryMemberships([member: ["admin", "suspended"]])
        #expect(
            try await reason(.permission("invoices:void"), Principal(member), memberships: store)
                == "invoices:void for user x in org_1 is denied: suspended denies **"
        )
    }

    @Test("a delegated credential lacks a scope, and holds no role")
    func delegated() async throws {
        let token = Principal("x", roles: ["admin"], tokenKind: .oauth, scopes: ["read"])
        let denied = "invoices:void for user x is denied: no scope of the credential stands for it"
        #expect(try await reason(.permission("invoices:void"), token) == denied)
        let none = Principal("x", roles: ["admin"], permissions: ["invoices:void"], tokenKind: .oauth)
        for source in Authorizer.PermissionSource.allCases {
            #expect(try await reason(.permission("invoices:void"), none, source) == denied)
        }
        #expect(
            try await reason(.role("admin"), token)
                == "admin for user x is denied: a delegated credential holds no role"
        )
    }

    @Test("each branch of an anyOf has its own reason")
    func branches() async throws {
        let requirement: Requirement = .anyOf(
            .permission("invoices:void"),
            .role("owner"),
            .not(.role("admin")),
            .not(.anyOf(.role("owner"), .role("suspended"))),
            .custom("no\nbody") { _ in .refused("nobody\nmay") }
        )
        #expect(
            try await reason(requirement) == """
                invoices:void for user x in org_1 is denied: suspended denies **, and \
                owner for user x in org_1 is denied: it is not held, and \
                the role admin is there, and must not be, and \
                the role suspended is there, and must not be, and \
                nobody\\u{a}may
                """
        )
    }

    @Test("a negated allOf has the reasons of all its branches")
    func negated() async throws {
        let requirement = Requirement.not(.allOf(.role("admin"), .not(.permission("invoices:read"))))
        #expect(
            try await reason(requirement) == """
                the role admin is there, and must not be, and \
                invoices:read for user x in org_1 is denied: suspended denies **
                """
        )
    }

    @Test("many branches and long reasons are cut")
    func bounded() async throws {
        let long = String(repeating: "x", count: 10_000)
        let branches = (0..<1_000).map { _ in Requirement.custom("long") { _ in .refused(long) } }
        let told = try #require(try await reason(.anyOf(branches)))
        #expect(told.utf8.count < 2_000 && told.hasSuffix(", and 992 more"))
    }

    @Test("many reasons and long paths of a decision are cut")
    func boundedDecision() async throws {
        let chain = Policy {
            for index in 0..<1_000 {
                Role("role\(index)") {
                    if index > 0 { Inherits("role\(index - 1)") }
                    Denies("**")
                }
            }
        }
        let authorizer = Authorizer(engine: try PolicyEngine(chain))
        let context = Requirement.Context(principal: Principal("x", roles: ["role999"]), authorizer: authorizer)
        guard case .refused(let reason, _) = await Requirement.permission("a").evaluate(context) else {
            Issue.record("a denial allows")
            return
        }
        #expect(
            reason
                == "a for user x is denied: role0 denies **; role1 denies **; role2 denies **; role3 denies **; and 996 more"
        )
    }
}
