import Gatehouse
import GatehouseTesting
import Testing

@Suite("A change marks the tokens of its member only where it may have taken something away")
struct ChangeMarkTests {
    private static let alice = Member("alice", in: "org_1", issuer: "https://issuer")
    private static let noon = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private let clock = ManualClock(noon)

    /// One role of each kind that matters.
    private static let policy = Policy {
        Role("reader") { Grants("docs:read") }
        Role("editor") {
            Inherits("reader")
            Grants("docs:write")
        }
        Role("suspended") { Denies("**") }
        Role("on-leave") { Inherits("suspended") }
        Role("payer") { Grants("pay") }
        Role("chief-payer") { Inherits("payer") }
        Role("approver") { Grants("approve") }
        Role("trainee") { Grants("docs:read") }
        Role("watched") { Grants("docs:read") }
        Role("barred") { Grants("docs:read") }
        Role("vip") { Grants("docs:read") }
        Rule("trainees", .deny, "docs:write", to: "trainee")
        Rule("unwatched", .allow, "go", to: "*", when: .not(.in("watched", "$principal.roles")))
        Rule("barred", .deny, "go", to: "*", when: .contains("$principal.roles", "barred"))
        Rule("vips", .allow, "lounge", to: "*", when: .in("vip", "$principal.roles"))
        Constraint("pay-or-approve", .dynamic, roles: ["payer", "approver"], limit: 1)
    }

    private func authorizer(_ policy: Policy = policy, _ store: any MembershipStore) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(policy),
            memberships: store,
            issuer: Self.alice.issuer,
            clock: clock.wall
        )
    }

    private func isLockedOut(_ authorizer: Authorizer) -> Bool {
        !authorizer.marks.accepts(Principal(Self.alice), issuedAt: clock.now)
    }

    @Test(
        "an assignment leaves a mark only where the role denies, is denied, or is limited by a constraint",
        arguments: [
            ("reader", false), ("editor", false), ("vip", false), ("suspended", true),
            ("on-leave", true), ("payer", true), ("chief-payer", true), ("approver", true), ("trainee", true),
            ("watched", true), ("barred", true),
        ]
    )
    func assignment(role: String, isMarked: Bool) async throws {
        let authorizer = try authorizer(Self.policy, InMemoryMemberships())
        try await authorizer.assign(RoleAssignment(role), to: Self.alice)
        #expect(isLockedOut(authorizer) == isMarked)
    }

    @Test("a condition that asks for roles in an unusual way is touched by every role")
    func unusualConditions() async throws {
        let conditions: [Condition] = [
            .notEquals("$principal.roles", ["reader"]), .in("$resource.role", "$principal.roles"),
            .not(.equals(["$principal.roles"], [["editor"]])),
        ]
        for condition in conditions {
            var policy = Policy { Role("reader") { Grants("docs:read") } }
            policy.rules = [Rule("r", .deny, "go", to: "*", when: condition)]
            let authorizer = try authorizer(policy, InMemoryMemberships())
            try await authorizer.assign("reader", to: Self.alice)
            #expect(isLockedOut(authorizer), "\(condition)")
        }
    }

    @Test("a change without effect leaves no mark, and a change that shortens a role leaves one")
    func effects() async throws {
        let authorizer = try authorizer(Self.policy, InMemoryMemberships())
        let (day, week) = (clock.now.advanced(by: .seconds(86_400)), clock.now.advanced(by: .seconds(604_800)))
        try await authorizer.remove(role: "reader", from: Self.alice)
        try await authorizer.assign(RoleAssignment("reader", notAfter: day), to: Self.alice)
        try await authorizer.assign(RoleAssignment("reader", notAfter: day), to: Self.alice)
        try await authorizer.assign(RoleAssignment("reader", notAfter: week), to: Self.alice)
        try await authorizer.remove(role: "editor", from: Self.alice)
        #expect(!isLockedOut(authorizer))
        try await authorizer.assign(RoleAssignment("reader", notAfter: day), to: Self.alice)
        #expect(isLockedOut(authorizer))
    }

    @Test(
        "the time for which a role is held counts from both ends",
        arguments: [
            (nil, nil, 1, nil, MembershipChange.Effect.lost), (1, nil, nil, nil, .gained), (1, nil, 2, nil, .lost),
            (2, nil, 1, nil, .gained), (nil, 5, nil, nil, .gained), (nil, nil, nil, 5, .lost),
            (nil, 5, nil, 6, .gained),
            (nil, 6, nil, 5, .lost), (1, 5, 1, 5, .none), (1, 5, 0, 6, .gained), (1, 5, 0, 4, .lost),
        ] as [(Int?, Int?, Int?, Int?, MembershipChange.Effect)]
    )
    func times(from: Int?, until: Int?, newFrom: Int?, newUntil: Int?, effect: MembershipChange.Effect) {
        func role(_ from: Int?, _ until: Int?) -> RoleAssignment {
            RoleAssignment(
                "reader",
                notBefore: from.map { Self.noon.advanced(by: .seconds($0)) },
                notAfter: until.map { Self.noon.advanced(by: .seconds($0)) }
            )
        }
        #expect(role(newFrom, newUntil).effect(replacing: role(from, until)) == effect)
    }

    /// A store that cannot tell what a change did, or whether it was made.
    private struct Vague: MembershipStore {
        var fails = false

        func membership(of member: Member) -> Membership? { [] }

        func assign(_ role: RoleAssignment, to member: Member) throws -> MembershipChange {
            if fails { throw MembershipSourceError("no answer", retryAfter: .seconds(3)) }
            return MembershipChange()
        }

        func remove(role: String, from member: Member) throws -> MembershipChange {
            try assign(RoleAssignment(role), to: member)
        }
    }

    @Test(
        "a store that cannot tell counts as having taken something away, but for a plain grant",
        arguments: [false, true]
    )
    func vague(fails: Bool) async throws {
        func isMarked(_ change: (Authorizer) async throws -> MembershipRevision?) async throws -> Bool {
            let authorizer = try authorizer(Self.policy, Vague(fails: fails))
            do {
                _ = try await change(authorizer)
                #expect(!fails)
            } catch let error as AuthorizerError {
                #expect(fails && error.code == .sourceFailed && error.retryAfter == .seconds(3))
            }
            return isLockedOut(authorizer)
        }
        #expect(try await isMarked { try await $0.remove(role: "reader", from: Self.alice) })
        #expect(try await isMarked { try await $0.assign("suspended", to: Self.alice) })
        #expect(
            try await isMarked {
                try await $0.assign(RoleAssignment("reader", notAfter: .distantFuture), to: Self.alice)
            }
        )
        #expect(try await !isMarked { try await $0.assign("reader", to: Self.alice) })
    }

    @Test("an authorizer that only forgets marks nothing")
    func forgetting() async throws {
        let authorizer = try authorizer(Self.policy, InMemoryMemberships())
        try await authorizer.invalidate(Invalidation(.member(Self.alice)))
        #expect(!isLockedOut(authorizer))
    }
}
