import Gatehouse
import GatehouseTesting
import SeededGenerator
import Testing

@Suite("An authorizer answers all questions by the same roles")
struct AuthorizerQuestionTests {
    private static let issuer = RandomPolicy.issuers[0]
    private static let scopes: ScopeMap = ["all": ["**"], "a": ["a:**", "b"]]

    /// Roles from a store, from the credential, or from both, under a random policy.
    private struct Node {
        let store = InMemoryMemberships()
        let policy: Policy
        let authorizer: Authorizer

        init(_ source: inout RandomPolicy, _ permissionSource: Authorizer.PermissionSource) throws {
            policy = source.policy()
            let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
            for _ in 0..<6 {
                let member = source.principal(of: policy).member
                store.assign(source.boundedRole(of: policy.roles.map(\.name) + ["role:undefined"]), to: member)
            }
            let memberships: [any MembershipSource] = [
                store, SessionClaims(), UnionOfMemberships(SessionClaims(), store), PolicyAssignments(),
            ]
            authorizer = Authorizer(
                engine: try PolicyEngine(policy),
                permissionSource: permissionSource,
                scopes: AuthorizerQuestionTests.scopes,
                memberships: source.random.pick(memberships),
                issuer: AuthorizerQuestionTests.issuer,
                cache: try PermissionCache(.init(clock: clock.monotonic)),
                clock: clock.wall
            )
        }
    }

    /// A principal whose credential carries permissions, and may be a delegated one.
    private func principal(_ source: inout RandomPolicy, of policy: Policy) throws -> Principal {
        var principal = source.principal(of: policy)
        for _ in 0..<Int.random(in: 0...2, using: &source.random) {
            principal.permissions.append(try source.permission().name)
        }
        if source.random.chance(15) { principal.permissions.append("no name") }
        if source.random.chance(25) {
            principal.tokenKind = .oauth
            principal.scopes = [["all"], ["a"], []][Int.random(in: 0..<3, using: &source.random)]
        }
        return principal
    }

    @Test(
        "decide and explain agree with isAllowed, and permissions(of:) lists the same",
        arguments: Authorizer.PermissionSource.allCases,
        1...40 as ClosedRange<UInt64>
    )
    func agree(permissionSource: Authorizer.PermissionSource, seed: UInt64) async throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<4 {
            let node = try Node(&source, permissionSource)
            for _ in 0..<30 {
                var check = try source.check(of: node.policy)
                check.principal = try principal(&source, of: node.policy)
                try await compare(check, node, seed)
            }
        }
    }

    private func compare(_ check: AccessCheck, _ node: Node, _ seed: UInt64) async throws {
        let (authorizer, principal) = (node.authorizer, check.principal)
        let isAllowed = try await authorizer.isAllowed(
            check.permission,
            for: principal,
            on: check.resource,
            action: check.action,
            context: check.context
        )
        let decision = try await authorizer.decide(
            check.permission,
            for: principal,
            on: check.resource,
            action: check.action,
            context: check.context
        )
        let explanation = try await authorizer.explain(
            check.permission,
            for: principal,
            on: check.resource,
            action: check.action,
            context: check.context
        )
        let listed = try await authorizer.permissions(of: principal, on: check.resource?.resourceID)
        let entry = listed.first { $0.permission == check.permission.name }
        let isKnown =
            authorizer.engine.permissionNames.contains(check.permission.name)
            || (authorizer.permissionSource != .roles && principal.permissions.contains(check.permission.name))
        let mayBe = entry.map { $0.isConditional ? [true, false] : [true] } ?? (isKnown ? [false] : [true, false])
        var found: Comment {
            "seed \(seed): \(isAllowed), \(decision), \(explanation), \(listed)\nto \(check.inFull)\nunder \(node.policy)"
        }
        #expect(decision.isAllowed == isAllowed && explanation.decision == decision, found)
        #expect(!decision.reasons.isEmpty && (!isAllowed || explanation.nearMisses.isEmpty), found)
        #expect(mayBe.contains(isAllowed), found)
        #expect(
            listed.map(\.permission) == listed.map(\.permission).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        )
    }

    @Test("whoCan lists whom isAllowed lets, in each place", arguments: 1...60 as ClosedRange<UInt64>)
    func whoCan(seed: UInt64) async throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        let members = RandomPolicy.users.flatMap { user in
            (RandomPolicy.organizations + [nil]).map { Member(user, in: $0, issuer: Self.issuer) }
        }
        for _ in 0..<3 {
            let node = try Node(&source, .roles)
            for _ in 0..<6 {
                let permission = try source.permission()
                let holders = try await node.authorizer.whoCan(permission, among: members)
                for member in members {
                    for resource in [nil] + RandomPolicy.resources {
                        let isAllowed = try await node.authorizer.isAllowed(
                            organization: member.organization,
                            user: member.user,
                            permission: permission,
                            on: resource.map { Resource($0.type, $0.id) }
                        )
                        func listed(_ resource: ResourceID?) -> PolicyEngine.PermittedPrincipal? {
                            holders.first {
                                Member($0.principal, in: $0.organization, issuer: $0.issuer ?? "") == member
                                    && $0.resource == resource
                            }
                        }
                        var found: Comment {
                            "seed \(seed): \(permission) of \(member): \(isAllowed), \(holders)\nunder \(node.policy)"
                        }
                        // A member with roles for other resources alone has the rights that hold for all resources.
                        if let holder = listed(resource) {
                            #expect(isAllowed || holder.isConditional, found)
                        } else if listed(nil) == nil {
                            #expect(!isAllowed, found)
                        }
                    }
                }
            }
        }
    }

    @Test("no question is answered where the source fails")
    func failingSource() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down", retryAfter: .seconds(7)))
        let authorizer = try Authorizer(policy: CacheFixture.policy, memberships: source, issuer: "")
        let expected = AuthorizerError(.sourceFailed, "down", retryAfter: .seconds(7))
        let principal = Principal("u", organization: "o")
        await #expect(throws: expected) { try await authorizer.isAllowed("read", for: principal) }
        await #expect(throws: expected) { try await authorizer.decide("read", for: principal) }
        await #expect(throws: expected) { try await authorizer.explain("read", for: principal) }
        await #expect(throws: expected) { try await authorizer.permissions(of: principal) }
        await #expect(throws: expected) { try await authorizer.whoCan("read", among: [principal.member]) }
    }

    @Test("loaded roles are among the reasons, and missing roles among the near misses")
    func reasons() async throws {
        let member = Member("u", in: "o", issuer: "https://issuer")
        let authorizer = try Authorizer(
            policy: Policy {
                Role("reader") { Grants("docs:read") }
                Role("editor") { Grants("docs:*") }
            },
            memberships: InMemoryMemberships([member: ["reader"]]),
            issuer: member.issuer
        )
        let principal = Principal(member)
        let allowed = try await authorizer.decide("docs:read", for: principal)
        #expect(allowed.description == "allowed: reader grants docs:read")
        let denied = try await authorizer.explain("docs:edit", for: principal)
        #expect(denied.decision.description == "denied: nothing allows it" && denied.nearMisses == [.role("editor")])
        #expect(
            try await authorizer.permissions(of: principal) == [PolicyEngine.ListedPermission(permission: "docs:read")]
        )
        let strangers = [member, Member("v", in: "o", issuer: member.issuer)]
        #expect(try await authorizer.whoCan("docs:read", among: strangers).map(\.principal) == ["u"])
    }

    @Test("a credential's own permissions are a reason where they count")
    func credential() async throws {
        let principal = Principal("u", permissions: ["docs:void", "docs:read"])
        for permissionSource in [Authorizer.PermissionSource.token, .both] {
            let authorizer = try Authorizer(policy: Policy { Role("none") {} }, permissionSource: permissionSource)
            let decision = try await authorizer.decide("docs:void", for: principal)
            #expect(decision.reasons == [.credential] && decision.description == "allowed: the credential carries it")
            #expect(try await authorizer.decide("docs:edit", for: principal).reasons == [.default])
            #expect(try await authorizer.permissions(of: principal).map(\.permission) == ["docs:read", "docs:void"])
        }
    }
}
