import Gatehouse
import Testing

@Suite("A requirement can be about a placeholder of the path")
struct PathRequirementTests {
    private static let acme = Principal.Organization("org_1", slug: "acme")

    private func outcome(
        of requirement: Requirement,
        _ principal: Principal?,
        _ parameters: [String: String] = [:]
    ) async throws -> Requirement.Outcome {
        let engine = try PolicyEngine(Policy { Role("reader") { Grants("invoices:read") } })
        return await requirement.evaluate(
            Requirement.Context(
                principal: principal,
                parameters: parameters,
                authorizer: Authorizer(engine: engine)
            )
        )
    }

    @Test("anybody meets .public, and a principal .authenticated")
    func whoever() async throws {
        #expect(try await outcome(of: .public, nil) == .allowed)
        #expect(try await outcome(of: .public, Principal("x")) == .allowed)
        #expect(try await outcome(of: .authenticated, nil) == .unauthenticated)
        #expect(try await outcome(of: .authenticated, Principal("x")) == .allowed)
        #expect(
            try await outcome(of: .not(.public), nil) == .refused("access for anybody is there, and must not be")
        )
        #expect(try await outcome(of: .not(.authenticated), nil) == .unauthenticated)
    }

    @Test(
        "an organization is named by its id or its slug, byte by byte",
        arguments: [
            (acme, "org_1", true), (acme, "acme", true), (acme, "org_2", false), (acme, "ACME", false),
            (acme, "", false), (acme, nil, false), ("org_1", "acme", false), ("org_1", "org_1", true),
            (nil, "org_1", false), (.init("org_1", slug: ""), "", false),
            (.init("caf\u{E9}"), "caf\u{E9}", true), (.init("caf\u{E9}"), "cafe\u{301}", false),
            (.init("org_1", slug: "caf\u{E9}"), "cafe\u{301}", false),
            (.init("org_2", slug: "org_1"), "org_1", false), (.init("org_2", slug: "org_1"), "org_2", true),
            (.init("3f2a", slug: "org_1"), "org_1", true),
        ] as [(Principal.Organization?, String?, Bool)]
    )
    func organization(active: Principal.Organization?, named: String?, isMet: Bool) async throws {
        let principal = Principal("x", organization: active)
        let parameters = named.map { ["org": $0] } ?? [:]
        let requirement = Requirement.organization(inPath: "org")
        #expect((try await outcome(of: requirement, principal, parameters) == .allowed) == isMet)
        #expect(try await outcome(of: requirement, nil, parameters) == .unauthenticated)
    }

    @Test("a condition finds the attributes that the route gives the resource")
    func attributes() async throws {
        let rule = Rule("r", .allow, "files:read", to: Rule.everyone, when: .equals("$resource.region", "eu"))
        let authorizer = try Authorizer(policy: Policy(rules: [rule]))
        for (attributes, isMet) in [(["region": "eu"], true), (["region": "us"], false), ([:], false)]
            as [(JSONValue, Bool)]
        {
            let requirement = Requirement.permission("files:read", on: .path("file", "id", attributes: attributes))
            let context = Requirement.Context(
                principal: Principal("x"),
                parameters: ["id": "7"],
                authorizer: authorizer
            )
            #expect(await (requirement.evaluate(context) == .allowed) == isMet)
        }
    }

    @Test("a denial finds the attributes that the route gives the resource, however often the principal asks")
    func attributesAtHand() async throws {
        let policy = Policy(
            roles: [Role("reader") { Grants("files:read") }],
            rules: [Rule("locked", .deny, "files:read", to: Rule.everyone, when: .exists("$resource.locked"))]
        )
        let authorizer = try Authorizer(policy: policy)
        let principal = Principal("x", roles: ["reader"])
        let parameters = ["id": "7"]
        for (attributes, isMet) in [([:], true), (["locked": true], false)] as [(JSONValue, Bool)] {
            let requirement = Requirement.permission("files:read", on: .path("file", "id", attributes: attributes))
            let context = Requirement.Context(principal: principal, parameters: parameters, authorizer: authorizer)
            for _ in 1...2 {
                #expect(await (requirement.evaluate(context) == .allowed) == isMet)
                #expect(requirement.isKnownToBeMet(by: principal, parameters: parameters, authorizer) == isMet)
            }
        }
    }

    @Test("a role for one resource counts where the path names that resource")
    func resource() async throws {
        let role = RoleAssignment("reader", on: ResourceID(type: "invoice", id: "7"))
        let principal = Principal("x", roles: [role])
        let requirement = Requirement.permission("invoices:read", on: .path("invoice", "id"))
        #expect(try await outcome(of: requirement, principal, ["id": "7"]) == .allowed)
        for parameters in [["id": "8"], ["id": "7 "], ["id": ""], ["other": "7"], [:]] {
            guard case .refused = try await outcome(of: requirement, principal, parameters) else {
                Issue.record("\(parameters) names the invoice 7")
                continue
            }
        }
        let ofAnother = Requirement.permission("invoices:read", on: .path("draft", "id"))
        #expect(try await outcome(of: ofAnother, principal, ["id": "7"]) != .allowed)
        #expect(try await outcome(of: .permission("invoices:read"), principal, ["id": "7"]) != .allowed)
    }

    @Test(
        "a requirement whose placeholder is missing is refused, also if negated, and the reason says so",
        arguments: [
            .organization(inPath: "org"), .permission("invoices:read", on: .path("invoice", "org")),
            .permission("invoices:void", on: .path("invoice", "org")),
        ] as [Requirement]
    )
    func missing(requirement: Requirement) async throws {
        let principal = Principal("x", organization: "org_1", roles: ["reader"])
        for requirement in [requirement, .not(requirement), .not(.not(requirement)), .anyOf(requirement)] {
            for parameters in [[:], ["org": ""], ["other": "org_1"]] {
                guard case .refused(let reason, _) = try await outcome(of: requirement, principal, parameters) else {
                    Issue.record("\(requirement) is decided without what it is about")
                    continue
                }
                #expect(reason.hasPrefix("the path names nothing for the ") && reason.hasSuffix(" {org}"))
            }
        }
        #expect(try await outcome(of: .not(requirement), nil) == .unauthenticated)
    }
}
