import Gatehouse
import GatehouseTesting
import Testing

@Suite("All branches of a requirement are judged by one snapshot")
struct RequirementSnapshotTests {
    private static let member = Member("user", in: "org", issuer: "")
    private static let noon = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)

    private func engine(_ grant: String) throws -> PolicyEngine {
        try PolicyEngine(Policy { Role("reader", grants: [grant]) })
    }

    /// A branch that is refused and changes something meanwhile.
    private func changing(_ change: @escaping @Sendable () async throws -> Void) -> Requirement {
        .custom("change") { _ in
            try? await change()
            return .refused("a change")
        }
    }

    @Test("a policy that is replaced between two branches changes neither")
    func policy() async throws {
        let authorizer = Authorizer(engine: try engine("a"))
        let (before, after) = (authorizer.engine, try engine("b"))
        let requirement: Requirement = .anyOf(
            .permission("c"),
            changing { authorizer.policy.replace(with: after) },
            .permission("b")
        )
        let context = Requirement.Context(principal: Principal("user", roles: ["reader"]), authorizer: authorizer)
        #expect(await requirement.evaluate(context) != .allowed)
        #expect(authorizer.engine === after && before !== after)
        #expect(await requirement.evaluate(context) == .allowed, "the next request is judged by the new policy")
    }

    @Test("roles that change between two branches change neither, and are loaded once")
    func roles() async throws {
        let store = InMemoryMemberships()
        let authorizer = Authorizer(engine: try engine("a"), memberships: store, issuer: "")
        let requirement: Requirement = .anyOf(
            .permission("a"),
            changing { try await authorizer.assign("reader", to: Self.member) },
            .permission("a"),
            .role("reader")
        )
        let context = Requirement.Context(principal: Principal(Self.member), authorizer: authorizer)
        #expect(await requirement.evaluate(context) != .allowed)
        #expect(authorizer.cache.statistics.loads == 1)
        #expect(await requirement.evaluate(context) == .allowed)
    }

    @Test(
        "a delegated credential and its user are judged by one policy and one set of roles",
        arguments: [true, false],
        [true, false]
    )
    func delegated(holdsFirst: Bool, byPolicy: Bool) async throws {
        let roles = [Role("reader", grants: ["read"]), Role("suspended")]
        let both = try PolicyEngine(Policy(roles: roles + [Role("role", inherits: ["reader", "suspended"])]))
        let neither = try PolicyEngine(Policy(roles: roles + [Role("role")]))
        let store = InMemoryMemberships(byPolicy || holdsFirst ? [Self.member: ["role"]] : [:])
        let authorizer = Authorizer(
            engine: byPolicy && !holdsFirst ? neither : both,
            scopes: ["read": ["read"]],
            memberships: store
        )
        let change: Requirement = .not(
            changing {
                if byPolicy {
                    authorizer.policy.replace(with: holdsFirst ? neither : both)
                } else if holdsFirst {
                    try await authorizer.remove(role: "role", from: Self.member)
                } else {
                    try await authorizer.assign("role", to: Self.member)
                }
            }
        )
        // Neither before nor after the change does the user read without being suspended.
        let requirement: Requirement =
            holdsFirst
            ? .allOf(.permission("read"), change, .not(.role("suspended")))
            : .allOf(.not(.role("suspended")), change, .permission("read"))
        var principal = Principal(Self.member)
        (principal.tokenKind, principal.scopes) = (.oauth, ["read"])
        let context = Requirement.Context(principal: principal, authorizer: authorizer)
        guard case .refused = await requirement.evaluate(context) else {
            Issue.record("the branches were judged by two snapshots")
            return
        }
        #expect(authorizer.cache.statistics.loads == 1)
    }

    @Test("a source that failed for one branch is not asked again for the next")
    func failure() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down\nforged: line", retryAfter: .seconds(3)))
        let authorizer = Authorizer(engine: try engine("a"), memberships: source, issuer: "")
        let requirement: Requirement = .anyOf(.permission("a"), .not(.permission("b")), .role("reader"))
        let context = Requirement.Context(principal: Principal(Self.member), authorizer: authorizer)
        guard case .unavailable(let message, let wait) = await requirement.evaluate(context) else {
            Issue.record("a source that fails decides")
            return
        }
        #expect(source.loads == 1 && wait == .seconds(3))
        #expect(!message.utf8.contains(UInt8(ascii: "\n")), "a source's text forges no line of the log")
    }

    @Test("a role that ends between two branches holds for both")
    func time() async throws {
        let clock = ManualClock(Self.noon)
        let authorizer = Authorizer(engine: try engine("a"), clock: clock.wall)
        let role = RoleAssignment("reader", notAfter: Self.noon.advanced(by: .seconds(1)))
        let requirement: Requirement = .allOf(
            .permission("a"),
            .custom("wait") { _ in
                clock.advance(by: .seconds(2))
                return .allowed
            },
            .permission("a")
        )
        let context = Requirement.Context(principal: Principal("user", roles: [role]), authorizer: authorizer)
        #expect(await requirement.evaluate(context) == .allowed)
        #expect(await requirement.evaluate(context) != .allowed)
    }

    @Test("a requirement can name the kinds of credential that it takes")
    func kinds() async throws {
        let authorizer = Authorizer(engine: try engine("a"))
        func outcome(_ requirement: Requirement, _ kind: Principal.TokenKind?) async -> Requirement.Outcome {
            await requirement.evaluate(
                Requirement.Context(principal: Principal("x", tokenKind: kind), authorizer: authorizer)
            )
        }
        #expect(await outcome(.tokenKind(.session, .m2m), .session) == .allowed)
        #expect(await outcome(.tokenKind(.session, .m2m), .m2m) == .allowed)
        #expect(await outcome(.tokenKind(.session), .oauth) == .refused("the credential is of the kind oauth"))
        #expect(await outcome(.tokenKind(.session), nil) == .refused("the credential is of the kind none"))
        #expect(await outcome(.tokenKind(), .session) != .allowed)
        #expect(await outcome(.not(.tokenKind(.session)), .oauth) == .allowed)
        let nobody = Requirement.Context(principal: nil, authorizer: authorizer)
        #expect(await Requirement.tokenKind(.session).evaluate(nobody) == .unauthenticated)
    }
}
