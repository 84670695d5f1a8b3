import Gatehouse
import GatehouseTesting
import Testing

@Suite("Marks end tokens that were issued before something was taken away")
struct RevocationMarksTests {
    private static let issuer = "https://issuer"
    private static let noon = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private let clock = ManualClock(noon)

    private static let principal = Principal(
        "user",
        issuer: issuer,
        organization: "org",
        roles: ["admin"],
        actor: ["sub": "actor", "sid": "actors_sess", "iss": "https://dashboard", "act": ["sub": "first"]],
        session: Principal.Session(id: "sess", status: "active")
    )

    /// True if a token is accepted that was issued so many seconds ago.
    private func accepts(_ marks: RevocationMarks, _ principal: Principal = principal, age: Int) -> Bool {
        marks.accepts(principal, issuedAt: clock.now.advanced(by: .seconds(-age)))
    }

    private func mark(_ marks: RevocationMarks, user: String, at instant: Timestamp? = nil) {
        marks.mark(Invalidation(.user(issuer: Self.issuer, user: user), revokedAt: instant ?? clock.now))
    }

    @Test(
        "a mark reaches the tokens of its users, and of those who act as them",
        arguments: [
            (.member(Member("user", in: "org", issuer: issuer)), true),
            (.member(Member("user", in: "other", issuer: issuer)), false),
            (.member(Member("user", in: nil, issuer: issuer)), false),
            (.member(Member("user", in: "org", issuer: "https://other")), false),
            (.member(Member("other", in: "org", issuer: issuer)), false),
            (.member(Member("USER", in: "org", issuer: issuer)), false),
            (.organization(issuer: issuer, organization: "org"), true),
            (.organization(issuer: issuer, organization: "other"), false),
            (.organization(issuer: issuer, organization: nil), false),
            (.organization(issuer: "https://other", organization: "org"), false),
            (.user(issuer: issuer, user: "user"), true),
            (.user(issuer: issuer, user: "org"), false),
            (.user(issuer: "https://other", user: "user"), false),
            (.user(issuer: issuer, user: "actor"), true),
            (.user(issuer: "https://dashboard", user: "actor"), true),
            (.user(issuer: "https://other", user: "actor"), false),
            (.user(issuer: issuer, user: "first"), true),
            (.member(Member("actor", in: "org", issuer: issuer)), false),
            (.session(issuer: issuer, session: "sess"), true),
            (.session(issuer: issuer, session: "actors_sess"), true),
            (.session(issuer: issuer, session: "user"), false),
            (.session(issuer: issuer, session: ""), false),
            (.role("admin"), true),
            (.role("reader"), false),
            (.everything, true),
        ] as [(Invalidation.Scope, Bool)]
    )
    func scopes(scope: Invalidation.Scope, isReached: Bool) {
        let marks = RevocationMarks(clock: clock.wall)
        marks.mark(Invalidation(scope))
        #expect(accepts(marks, age: 10))  // an invalidation without an instant says nothing of tokens
        marks.mark(Invalidation(scope, revokedAt: Self.noon.advanced(by: .seconds(-5))))
        #expect(accepts(marks, age: 10) == !isReached)
        #expect(accepts(marks, age: 5) == !isReached)
        #expect(accepts(marks, age: 4))
    }

    @Test(
        "a personal account is a member of its own, and all personal accounts are an organization without a name",
        arguments: [
            (.member(Member("user", in: nil, issuer: issuer)), true),
            (.organization(issuer: issuer, organization: nil), true),
            (.member(Member("user", in: "", issuer: issuer)), false),
            (.member(Member("other", in: nil, issuer: issuer)), false),
            (.organization(issuer: issuer, organization: "org"), false),
            (.organization(issuer: issuer, organization: ""), false),
        ] as [(Invalidation.Scope, Bool)]
    )
    func personalAccount(scope: Invalidation.Scope, isReached: Bool) throws {
        let marks = RevocationMarks(clock: clock.wall)
        marks.mark(Invalidation(scope, revokedAt: Self.noon))
        #expect(accepts(marks, Principal("user", issuer: Self.issuer), age: 0) == !isReached)
    }

    @Test("a token that was issued within the second of a mark counts as issued before, since nobody can tell")
    func sameSecond() {
        let marks = RevocationMarks(clock: clock.wall)
        let instant = Self.noon.advanced(by: .milliseconds(500))
        marks.mark(Invalidation(.member(Self.principal.member), revokedAt: instant))
        #expect(!accepts(marks, age: 0) && accepts(marks, age: -1))
    }

    @Test("an earlier event does not take back the mark of a later event")
    func order() {
        let marks = RevocationMarks(clock: clock.wall)
        mark(marks, user: "user")
        mark(marks, user: "user", at: Self.noon.advanced(by: .seconds(-100)))
        #expect(!accepts(marks, age: 50))
    }

    @Test("a token older than the marks that are kept is refused, and so is a token of unknown age")
    func horizon() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(60), clock: clock.wall)
        #expect(accepts(marks, age: 59) && !accepts(marks, age: 60))
        #expect(!marks.accepts(Self.principal, issuedAt: nil))
    }

    // MARK: Gaps

    @Test("the tokens from before a gap's last second are refused for as long as they live, and no others")
    func gap() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(60), clock: clock.wall)
        clock.advance(by: .milliseconds(700))
        marks.endGap()
        let ended = Self.noon
        for seconds in 0..<60 {
            #expect(!marks.accepts(Self.principal, issuedAt: ended.advanced(by: .seconds(-1))), "after \(seconds) s")
            #expect(
                marks.accepts(Self.principal, issuedAt: ended),
                "a token of the gap's last second, after \(seconds) s"
            )
            clock.advance(by: .seconds(1))
            if seconds == 58 { break }
        }
    }

    @Test("a later gap moves the floor on, and an earlier gap does not move it back")
    func gaps() {
        let marks = RevocationMarks(clock: clock.wall)
        clock.advance(by: .seconds(10))
        marks.endGap()
        clock.step(to: Self.noon)
        marks.endGap()
        #expect(!marks.accepts(Self.principal, issuedAt: Self.noon.advanced(by: .seconds(9))))
        #expect(marks.accepts(Self.principal, issuedAt: Self.noon.advanced(by: .seconds(10))))
    }

    // MARK: Bounds

    @Test("100,001 changes in one organization end its own tokens, and those of no other")
    func tenants() {
        let marks = RevocationMarks(clock: clock.wall)
        let others = [
            Principal("user_1", issuer: Self.issuer, organization: "quiet"),
            Principal("user_1", issuer: Self.issuer), Principal("user_1", issuer: "https://other", organization: "org"),
        ]
        for number in 0..<100_001 {
            let member = Member("user_\(number)", in: "org", issuer: Self.issuer)
            marks.mark(Invalidation(.member(member), revokedAt: clock.now))
        }
        for other in others { #expect(accepts(marks, other, age: 0), "\(other)") }
        #expect(marks.count <= 1_001)
        for number in [0, 50_000, 100_000] {
            #expect(!accepts(marks, Principal("user_\(number)", issuer: Self.issuer, organization: "org"), age: 0))
        }
        clock.advance(by: .seconds(1))
        #expect(accepts(marks, Principal("user_7", issuer: Self.issuer, organization: "org"), age: 0))
    }

    @Test("a mark is one member's alone up to the quota, and the organization's beyond it until its latest mark")
    func quota() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(86_400), quota: 3, clock: clock.wall)
        func change(_ user: String) {
            marks.mark(Invalidation(.member(Member(user, in: "org", issuer: Self.issuer)), revokedAt: clock.now))
            clock.advance(by: .seconds(1))
        }
        let quiet = Principal("quiet", issuer: Self.issuer, organization: "org")
        let before = clock.now
        for user in ["a", "b", "c", "c", "a"] { change(user) }
        #expect(marks.count == 3 && marks.accepts(quiet, issuedAt: before))
        change("d")
        #expect(marks.count == 1 && !marks.accepts(quiet, issuedAt: before))
        #expect(!accepts(marks, quiet, age: 1) && accepts(marks, quiet, age: 0))
    }

    @Test("personal accounts are tenants of their own: many changes of some end no token of another")
    func personalAccounts() {
        let marks = RevocationMarks(clock: clock.wall)
        for number in 0..<5_000 {
            marks.mark(Invalidation(.member(Member("\(number)", in: nil, issuer: Self.issuer)), revokedAt: clock.now))
        }
        #expect(accepts(marks, Principal("user", issuer: Self.issuer), age: 0))
        #expect(!accepts(marks, Principal("4999", issuer: Self.issuer), age: 0))
    }

    @Test("marks that no token can be older than are dropped, and the others stay")
    func expiry() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(60), clock: clock.wall)
        for number in 0..<1_000 {
            mark(marks, user: "user_\(number)")
            clock.advance(by: .seconds(1))
            let young = Principal("user_\(max(0, number - 30))", issuer: Self.issuer)
            #expect(!marks.accepts(young, issuedAt: clock.now.advanced(by: .seconds(-59))))
            #expect(accepts(marks, age: 59), "the marks of others became no floor")
        }
        #expect(marks.count <= 192)
    }

    @Test("a clock that was ahead for a while loses no mark")
    func steppedClock() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(60), clock: clock.wall)
        mark(marks, user: "user", at: Self.noon)
        for hours in 1...3 {
            clock.advance(by: .seconds(3_600))
            for number in 0..<100 { mark(marks, user: "\(hours).\(number)", at: Self.noon) }
        }
        clock.step(to: Self.noon.advanced(by: .seconds(1)))
        #expect(!marks.accepts(Self.principal, issuedAt: Self.noon))
        #expect(marks.accepts(Self.principal, issuedAt: Self.noon.advanced(by: .seconds(1))))
    }

    @Test("the oldest marks become a floor beyond the capacity, and later tokens are not refused")
    func capacity() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(86_400), capacity: 10, clock: clock.wall)
        for number in 0..<11 {
            mark(marks, user: "user_\(number)")
            clock.advance(by: .seconds(1))
        }
        #expect(marks.count <= 10)
        let stranger = Principal("stranger", issuer: Self.issuer)
        #expect(!marks.accepts(stranger, issuedAt: Self.noon.advanced(by: .seconds(4))))
        #expect(marks.accepts(stranger, issuedAt: Self.noon.advanced(by: .seconds(5))))
        for number in 0..<11 {
            let user = Principal("user_\(number)", issuer: Self.issuer)
            #expect(!marks.accepts(user, issuedAt: Self.noon.advanced(by: .seconds(number))), "\(number)")
        }
    }

    @Test("a token from before its mark is never accepted again, whatever is marked and in whatever order")
    func property() throws {
        for seed in 0..<40 {
            let clock = ManualClock(Self.noon)
            let marks = try RevocationMarks(
                maximumTokenLifetime: .seconds(40),
                capacity: 2 + seed % 7,
                quota: 1 + seed % 3,
                clock: clock.wall
            )
            var latest: [Member: Timestamp] = [:]
            for step in 0..<120 {
                let number = (step * 7 + seed * 13) % 11
                let member = Member("u\(number % 5)", in: number % 2 == 0 ? "o\(number % 3)" : nil, issuer: Self.issuer)
                marks.mark(Invalidation(.member(member), revokedAt: clock.now))
                latest[member] = clock.now
                #expect(marks.count <= max(2, 2 + seed % 7))
                for (member, instant) in latest {
                    #expect(
                        !marks.accepts(Principal(member), issuedAt: instant),
                        "seed \(seed), step \(step), \(member)"
                    )
                }
                clock.advance(by: .seconds((step + seed) % 4))
            }
        }
    }

    @Test("a mark of the future refuses its own member until then, and nobody else even beyond the capacity")
    func future() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(86_400), capacity: 10, clock: clock.wall)
        let hour = Self.noon.advanced(by: .seconds(3_600))
        let other = Principal("other", issuer: Self.issuer, organization: "org")
        mark(marks, user: "user", at: hour)
        for number in 0..<10 { mark(marks, user: "\(number)", at: Self.noon) }
        #expect(!accepts(marks, age: -3_600) && accepts(marks, age: -3_601))
        #expect(!accepts(marks, other, age: 0) && accepts(marks, other, age: -1))
    }

    @Test("a member's mark of the future stays beside one of the whole organization", arguments: [false, true])
    func futureOfTwo(organizationFirst: Bool) throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(86_400), capacity: 10, clock: clock.wall)
        let hour = Self.noon.advanced(by: .seconds(3_600))
        let scopes: [(Invalidation.Scope, Timestamp)] = [
            (.organization(issuer: Self.issuer, organization: "org"), Self.noon),
            (.member(Self.principal.member), hour),
        ]
        for (scope, instant) in organizationFirst ? scopes : scopes.reversed() {
            marks.mark(Invalidation(scope, revokedAt: instant))
        }
        for number in 0..<10 { mark(marks, user: "\(number)", at: Self.noon) }
        #expect(!accepts(marks, age: -3_600) && accepts(marks, age: -3_601))
    }

    @Test("more marks of the future than fit refuse everybody until the last of them")
    func farFuture() throws {
        let marks = try RevocationMarks(maximumTokenLifetime: .seconds(86_400), capacity: 4, clock: clock.wall)
        let hour = Self.noon.advanced(by: .seconds(3_600))
        for number in 0..<20 { mark(marks, user: "\(number)", at: hour) }
        #expect(marks.count <= 4 && !accepts(marks, age: -3_600) && accepts(marks, age: -3_601))
    }

    @Test(
        "a setting that is out of its range is refused by its name, and never clamped",
        arguments: [
            (Duration.zero, 10, 1, "maximumTokenLifetime"), (.seconds(60), 1, 1, "capacity"),
            (.seconds(60), 10, 0, "quota"),
        ]
    )
    func ranges(lifetime: Duration, capacity: Int, quota: Int, setting: String) {
        let error = #expect(throws: SettingError.self) {
            try RevocationMarks(maximumTokenLifetime: lifetime, capacity: capacity, quota: quota)
        }
        #expect(error?.setting == setting)
        #expect(throws: SettingError.self) { try InProcessInvalidationBus(capacity: 1) }
    }
}
