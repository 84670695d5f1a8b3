@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("An assignment is to a principal of one issuer and type, and of no other")
struct AssignmentIssuerTests {
    private static let (staff, partners) = ("https://staff.example.com", "https://partners.example.com")

    private static let policy = Policy(
        roles: ["own", "named", "machine", "store"].map { Role($0, grants: ["is:\($0)"]) },
        assignments: [
            Assignment("own", to: "alice"), Assignment("named", to: "alice", issuer: partners),
            Assignment("machine", to: "alice", type: "machine"),
        ]
    )

    /// The permissions of a principal, asked in each way that an authorizer has.
    private static func allowed(_ principal: Principal, _ authorizer: Authorizer) async throws -> [String] {
        var allowed: [String] = []
        for name in authorizer.engine.permissionNames {
            let permission = try Permission(validating: name)
            let isAllowed = try await authorizer.isAllowed(permission, for: principal)
            let resolved = try await authorizer.resolve(principal)
            #expect(authorizer.cachedAnswer(permission, for: resolved) == isAllowed)
            if isAllowed { allowed.append(name) }
        }
        return allowed
    }

    private static func authorizers(_ issuer: String?) throws -> [Authorizer] {
        let engine = try PolicyEngine(policy)
        let sources: [any MembershipSource] = [SessionClaims(), PolicyAssignments(), InMemoryMemberships()]
        return sources.map { Authorizer(engine: engine, memberships: $0, issuer: issuer) }
    }

    @Test(
        "an assignment without an issuer has the authorizer's own issuer",
        arguments: [
            (Principal("alice", issuer: staff), ["is:own"]), (Principal("alice", issuer: partners), ["is:named"]),
            (Principal("alice", issuer: "https://other"), []), (Principal("alice"), []),
            (Principal("bob", issuer: staff), []), (Principal("alice", kind: .machine, issuer: staff), ["is:machine"]),
            (Principal("alice", kind: .machine, issuer: partners), []),
            (Principal("alice", type: "machine", issuer: staff), ["is:machine"]),
            (Principal("alice", kind: .machine, type: "user", issuer: staff), ["is:own"]),
            (Principal("alice", kind: .service, issuer: staff), []),
        ]
    )
    func own(principal: Principal, allowed: [String]) async throws {
        for authorizer in try Self.authorizers(Self.staff) {
            for _ in 0..<2 { #expect(try await Self.allowed(principal, authorizer) == allowed) }
        }
    }

    @Test("a user's remembered roles are no machine's of the same id, and the other way round")
    func remembered() async throws {
        let store = InMemoryMemberships([Member("alice", in: nil, issuer: Self.staff): ["store"]])
        let authorizer = Authorizer(engine: try PolicyEngine(Self.policy), memberships: store, issuer: Self.staff)
        let user = Principal("alice", issuer: Self.staff)
        let machine = Principal("alice", kind: .machine, issuer: Self.staff)
        for _ in 0..<2 {
            #expect(try await Self.allowed(user, authorizer) == ["is:own", "is:store"])
            #expect(try await Self.allowed(machine, authorizer) == ["is:machine", "is:store"])
        }
        #expect(try await authorizer.isAllowed(organization: nil, user: "alice", permission: "is:own"))
        #expect(try await !authorizer.isAllowed(organization: nil, user: "alice", permission: "is:machine"))
        #expect(try await !authorizer.isAllowed(organization: nil, user: "alice", permission: "is:named"))
        authorizer.policy.replace(with: try PolicyEngine(Self.policy))
        #expect(try await Self.allowed(user, authorizer) == ["is:own", "is:store"])
    }

    @Test("an authorizer without an issuer says that such assignments hold for no principal that has one")
    func untold() async throws {
        for authorizer in try Self.authorizers(nil) {
            #expect(authorizer.warnings.count == 1)
            #expect(authorizer.warnings.allSatisfy { $0.hasPrefix("2 of the policy's assignments") })
            #expect(try await Self.allowed(Principal("alice", issuer: Self.staff), authorizer).isEmpty)
            #expect(try await Self.allowed(Principal("alice", issuer: Self.partners), authorizer) == ["is:named"])
            #expect(try await Self.allowed(Principal("alice"), authorizer) == ["is:own"])
        }
        for issuer in ["", Self.staff] {
            #expect(try Self.authorizers(issuer).allSatisfy { $0.warnings.isEmpty })
        }
        var bound = Self.policy
        bound.assignments.removeAll { $0.issuer == nil }
        #expect(Authorizer(engine: try PolicyEngine(bound)).warnings.isEmpty)
    }

    @Test("a principal without issuer and type is anybody with the id, where no authorizer is asked")
    func unnamed() throws {
        let engine = try PolicyEngine(Self.policy)
        func allowed(_ principal: Principal, _ ownIssuer: String? = nil) -> [String] {
            engine.permissionNames.filter {
                engine.resolve(principal, ownIssuer: ownIssuer).allows($0, at: .distantPast)
            }
        }
        #expect(allowed(Principal("alice")) == ["is:machine", "is:named", "is:own"])
        #expect(allowed(Principal("alice", type: "user")) == ["is:named", "is:own"])
        #expect(allowed(Principal("alice", kind: .machine)) == ["is:machine"])
        #expect(allowed(Principal("alice", issuer: Self.staff)).isEmpty)
        #expect(allowed(Principal("alice", issuer: Self.staff), Self.staff) == ["is:own"])
    }

    @Test("roles that exclude one another may be assigned to two principals of one id")
    func separationOfDuty() throws {
        func findings(_ assignments: Assignment...) -> [Finding.Location?] {
            let constraint = Constraint("c", .static, roles: ["own", "named"], limit: 1)
            return Policy(roles: Self.policy.roles, constraints: [constraint], assignments: assignments).findings()
                .map(\.location)
        }
        #expect(findings(Assignment("own", to: "a"), Assignment("named", to: "a")) == [.assignment(1, .role)])
        #expect(findings(Assignment("own", to: "a"), Assignment("named", to: "a", issuer: "i")).isEmpty)
        #expect(findings(Assignment("own", to: "a"), Assignment("named", to: "a", type: "machine")).isEmpty)
        #expect(
            findings(Assignment("own", to: "a", issuer: "i"), Assignment("named", to: "a", issuer: "i"))
                == [.assignment(1, .role)]
        )
    }

    @Test("who-can and a difference tell principals of one id apart")
    func questions() throws {
        var policy = Self.policy
        policy.roles.append(Role("suspended", denies: ["**"]))
        policy.assignments.append(Assignment("suspended", to: "alice", type: "machine"))
        let engine = try PolicyEngine(policy)
        #expect(
            engine.whoCan("is:own", at: .distantPast).map { [$0.principal, $0.type, $0.issuer] } == [
                ["alice", "user", nil]
            ]
        )
        #expect(engine.whoCan("is:named", at: .distantPast).map(\.issuer) == [Self.partners])
        #expect(engine.whoCan("is:machine", at: .distantPast).isEmpty)
        let before = try PolicyEngine(Self.policy)
        let lost = try before.differences(to: engine).filter {
            $0.change == .loses && $0.subject == .principal("alice")
        }
        #expect(lost.map(\.permission) == ["is:machine", "is:named", "is:own"])
    }
}
