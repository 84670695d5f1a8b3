import Gatehouse
import GatehouseTesting
import Testing

@Suite("Marks take from tokens what was revoked after they were issued")
struct RevocationMarksTests {
    private static let issuer = "https://issuer"
    private static let noon = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private let clock = ManualClock(noon)

    private static let principal = Principal(
        "user",
        issuer: issuer,
        organization: "org",
        roles: ["admin"],
        permissions: ["org:read"],
        features: ["o:a", "u:b", "uo:c", "ou:d", "bare"],
        plans: ["o:pro", "u:free"],
        tokenKind: .session,
        session: Principal.Session(id: "sess", status: "active"),
        attributes: ["team": "red"]
    )

    private enum Left: Equatable { case all, noOrganization, nothing }

    private func left(_ marks: RevocationMarks, _ principal: Principal = principal, age: Int) -> Left {
        let issuedAt = Self.noon.advanced(by: .seconds(-age))
        guard let judged = marks.judge(principal, issuedAt: issuedAt) else { return .nothing }
        return judged.organization == nil ? .noOrganization : .all
    }

    @Test(
        "what a mark takes depends on what it is of",
        arguments: [
            (.member(Member("user", in: "org", issuer: issuer)), .noOrganization),
            (.member(Member("user", in: "other", issuer: issuer)), .all),
            (.member(Member("user", in: nil, issuer: issuer)), .all),
            (.member(Member("user", in: "org", issuer: "https://other")), .all),
            (.member(Member("other", in: "org", issuer: issuer)), .all),
            (.organization(issuer: issuer, organization: "org"), .noOrganization),
            (.organization(issuer: issuer, organization: "other"), .all),
            (.organization(issuer: "https://other", organization: "org"), .all),
            (.user(issuer: issuer, user: "user"), .nothing),
            (.user(issuer: issuer, user: "org"), .all),
            (.user(issuer: "https://other", user: "user"), .all),
            (.session(issuer: issuer, session: "sess"), .nothing),
            (.session(issuer: issuer, session: "user"), .all),
            (.role("admin"), .all),
            (.everything, .all),
        ] as [(Invalidation.Scope, Left)]
    )
    private func scopes(scope: Invalidation.Scope, expected: Left) {
        let marks = RevocationMarks(clock: clock.wall)
        marks.mark(Invalidation(scope))
        #expect(left(marks, age: 10) == .all)  // an invalidation without an instant says nothing of tokens
        marks.mark(Invalidation(scope, revokedAt: Self.noon.advanced(by: .seconds(-5))))
        #expect(left(marks, age: 10) == expected)
        #expect(left(marks, age: 5) == expected)
        #expect(left(marks, age: 4) == .all)
    }

    @Test(
        "in a personal account a mark takes what the token holds",
        arguments: [
            (.member(Member("user", in: nil, issuer: issuer)), true),
            (.organization(issuer: issuer, organization: nil), true),
            (.member(Member("user", in: "", issuer: issuer)), false),
            (.member(Member("other", in: nil, issuer: issuer)), false),
            (.organization(issuer: issuer, organization: "org"), false),
        ] as [(Invalidation.Scope, Bool)]
    )
    func personalAccount(scope: Invalidation.Scope, isTaken: Bool) throws {
        let marks = RevocationMarks(clock: clock.wall)
        marks.mark(Invalidation(scope, revokedAt: Self.noon))
        var principal = Self.principal
        principal.organization = nil
        let judged = try #require(marks.judge(principal, issuedAt: Self.noon))
        #expect(judged.roles.isEmpty == isTaken && judged.permissions.isEmpty == isTaken)
        #expect(judged.id == "user" && judged.features.contains("u:b"))
    }

    @Test(
        "of a token that was issued within the second of a mark nobody can tell which came first: it counts as before"
    )
    func sameSecond() {
        let marks = RevocationMarks(clock: clock.wall)
        let instant = Self.noon.advanced(by: .milliseconds(500))
        marks.mark(Invalidation(.member(Self.principal.member), revokedAt: instant))
        #expect(left(marks, age: 0) == .noOrganization)
        #expect(left(marks, age: -1) == .all)
    }

    @Test("an earlier event does not take back what a later one marked")
    func order() {
        let marks = RevocationMarks(clock: clock.wall)
        let scope = Invalidation.Scope.user(issuer: Self.issuer, user: "user")
        marks.mark(Invalidation(scope, revokedAt: Self.noon))
        marks.mark(Invalidation(scope, revokedAt: Self.noon.advanced(by: .seconds(-100))))
        #expect(left(marks, age: 50) == .nothing)
    }

    @Test("what is left without the organization is the user's own")
    func withoutOrganization() throws {
        let marks = RevocationMarks(clock: clock.wall)
        marks.mark(Invalidation(.member(Self.principal.member), revokedAt: Self.noon))
        var principal = Self.principal
        principal.activeRoles = ["reader"]
        let judged = try #require(marks.judge(principal, issuedAt: Self.noon))
        #expect(judged.activeRoles == ["reader"], "what restricts the session stays")
        #expect(judged.id == "user" && judged.issuer == Self.issuer && judged.session == Self.principal.session)
        #expect(judged.organization == nil && judged.roles.isEmpty && judged.permissions.isEmpty)
        #expect(judged.features == ["u:b", "u:c", "u:d"] && judged.plans == ["u:free"])
        #expect(judged.attributes == [:])
    }

    @Test(
        "what the token says besides allows nothing any more, and what it denied stays denied",
        arguments: [(["suspended": true], true), (["team": "red"], true), ([:], false)] as [(JSONValue, Bool)]
    )
    func attributes(attributes: JSONValue, isWithheld: Bool) async throws {
        let suspended = Condition.exists("$principal.attributes.suspended")
        let authorizer = Authorizer(
            engine: try PolicyEngine(
                Policy(rules: [
                    Rule("all", .allow, "read", "write", to: "*"),
                    Rule("free", .allow, "go", to: "*", when: .not(suspended)),
                    Rule("suspended", .deny, "write", to: "*", when: suspended),
                ])
            ),
            clock: clock.wall
        )
        let principal = Principal("user", issuer: Self.issuer, organization: "org", attributes: attributes)
        authorizer.apply(Invalidation(.member(principal.member), revokedAt: Self.noon))
        let judged = try #require(authorizer.marks.judge(principal, issuedAt: Self.noon))
        #expect(judged.organization == nil)
        #expect(try await authorizer.isAllowed("read", for: judged))
        #expect(try await authorizer.isAllowed("go", for: judged) == !isWithheld)
        #expect(try await authorizer.isAllowed("write", for: judged) == !isWithheld)
        #expect(
            authorizer.engine.decide(AccessCheck("write", by: judged, at: Self.noon)).isAllowed == !isWithheld
        )
    }

    @Test("a token that is older than marks are kept is refused, and one that does not say how old it is")
    func horizon() {
        let marks = RevocationMarks(longestTokenLifetime: .seconds(60), clock: clock.wall)
        #expect(left(marks, age: 59) == .all)
        #expect(left(marks, age: 60) == .nothing)
        #expect(marks.judge(Self.principal, issuedAt: nil) == nil)
    }

    @Test("marks that no token can be older than are dropped, and the others stay")
    func expiry() {
        let marks = RevocationMarks(longestTokenLifetime: .seconds(60), clock: clock.wall)
        for number in 0..<1_000 {
            let scope = Invalidation.Scope.user(issuer: Self.issuer, user: "user_\(number)")
            marks.mark(Invalidation(scope, revokedAt: clock.now))
            clock.advance(by: .seconds(1))
            let young = Principal("user_\(max(0, number - 30))", issuer: Self.issuer)
            #expect(marks.judge(young, issuedAt: clock.now.advanced(by: .seconds(-59))) == nil)
        }
        #expect(marks.count <= 192)
    }

    @Test("a clock that was ahead for a while loses no mark")
    func steppedClock() {
        let marks = RevocationMarks(longestTokenLifetime: .seconds(60), clock: clock.wall)
        marks.mark(Invalidation(.user(issuer: Self.issuer, user: "user"), revokedAt: Self.noon))
        clock.advance(by: .seconds(3_600))
        for number in 0..<100 {
            marks.mark(Invalidation(.user(issuer: Self.issuer, user: "\(number)"), revokedAt: Self.noon))
        }
        clock.step(to: Self.noon.advanced(by: .seconds(1)))
        #expect(left(marks, age: 0) == .nothing)
        #expect(left(marks, age: -1) == .all)
    }

    @Test("beyond the capacity every token that was issued before is refused, and none since")
    func capacity() {
        let marks = RevocationMarks(capacity: 10, clock: clock.wall)
        for number in 0..<11 {
            let scope = Invalidation.Scope.user(issuer: Self.issuer, user: "user_\(number)")
            marks.mark(Invalidation(scope, revokedAt: clock.now))
        }
        #expect(marks.count <= 10)
        #expect(left(marks, age: 0) == .nothing)
        #expect(left(marks, age: -1) == .all)
    }

    @Test("a mark of the future refuses its own until then, and beyond the capacity nobody else")
    func future() {
        let marks = RevocationMarks(capacity: 10, clock: clock.wall)
        let hour = Self.noon.advanced(by: .seconds(3_600))
        let other = Principal("other", issuer: Self.issuer, organization: "org")
        func mark(_ user: String, _ instant: Timestamp) {
            marks.mark(Invalidation(.user(issuer: Self.issuer, user: user), revokedAt: instant))
        }
        mark("user", hour)
        for number in 0..<10 { mark("\(number)", Self.noon) }
        #expect(left(marks, age: -3_600) == .nothing && left(marks, age: -3_601) == .all)
        #expect(left(marks, other, age: 0) == .nothing && left(marks, other, age: -1) == .all)
        for number in 0..<9 { mark("\(number)", hour) }  // now there are as many as fit
        mark("9", Self.noon)
        #expect(left(marks, other, age: -1) == .all)
        mark("9", hour)
        #expect(marks.count <= 10 && left(marks, other, age: -3_600) == .nothing)
    }

    @Test("an authorizer that takes a role away marks it, and one that only forgets does not")
    func authorizer() async throws {
        let store = InMemoryMemberships([Self.principal.member: ["admin"]])
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy()),
            memberships: store,
            issuer: Self.issuer,
            clock: clock.wall
        )
        try await authorizer.invalidate(Invalidation(.member(Self.principal.member)))
        #expect(left(authorizer.marks, age: 0) == .all)
        try await authorizer.remove(role: "admin", from: Self.principal.member)
        #expect(left(authorizer.marks, age: 0) == .noOrganization)
        #expect(left(authorizer.marks, age: -1) == .all)
    }

    @Test("a change that failed may have been made, and marks all the same")
    func failedChange() async throws {
        struct Failing: MembershipStore {
            func membership(of member: Member) -> Membership? { [] }
            func assign(_ role: RoleAssignment, to member: Member) throws -> MembershipRevision? {
                throw MembershipSourceError("no answer", retryAfter: .seconds(3))
            }
            func remove(role: String, from member: Member) throws -> MembershipRevision? {
                throw MembershipSourceError("no answer", retryAfter: .seconds(3))
            }
        }
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), memberships: Failing(), clock: clock.wall)
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer.remove(role: "admin", from: Self.principal.member)
        }
        #expect(error?.code == .sourceFailed && error?.retryAfter == .seconds(3))
        #expect(left(authorizer.marks, age: 0) == .noOrganization)
    }
}
