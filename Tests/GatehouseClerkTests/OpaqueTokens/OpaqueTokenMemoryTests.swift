import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseClerk

@Suite("An issuer's answer about an opaque token is remembered for a while", .timeLimit(.minutes(10)))
struct OpaqueTokenMemoryTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let token: OpaqueToken?
        let found: String

        init(_ description: String, _ token: OpaqueToken?, found: String) {
            (testDescription, self.token, self.found) = (description, token, found)
        }
    }

    static let refused = [
        Refused("not known", nil, found: "token-invalid"),
        Refused("revoked", .init(id: "mt_1", subject: "mch_1", isRevoked: true), found: "token-revoked"),
        Refused("expired", .init(id: "mt_1", subject: "mch_1", isExpired: true), found: "token-expired"),
        Refused("not active", .init(id: "mt_1", subject: "mch_1", isActive: false), found: "token-invalid"),
        Refused("of another kind", .machine("user_1"), found: "token-type-mismatch"),
    ]

    @Test("a token that is refused is refused again without a call, for ten seconds", arguments: refused)
    func negative(row: Refused) async {
        let fixture = GateFixture(ScriptedIssuer { _ in .success(row.token) })
        for _ in 0..<3 { #expect(await fixture.ask("mt_a") == row.found) }
        fixture.clock.advance(by: .milliseconds(9_999))
        #expect(await fixture.ask("mt_a") == row.found)
        #expect(fixture.issuer.calls.count == 1)
        fixture.issuer.answers { _ in .success(.machine("mch_1")) }
        fixture.clock.advance(by: .milliseconds(1))
        #expect(await fixture.ask("mt_a") == "mch_1")
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("a failure to ask the issuer is not remembered")
    func unavailable() async {
        let fixture = GateFixture(ScriptedIssuer { _ in .failure(OpaqueTokenError(.init(rawValue: "down"), "")) })
        for count in 1...3 {
            #expect(await fixture.ask("mt_a") == "503 down")
            #expect(fixture.issuer.calls.count == count)
        }
        fixture.issuer.answers { _ in .success(.machine("mch_1")) }
        #expect(await fixture.ask("mt_a") == "mch_1")
    }

    @Test("a good token is remembered for five seconds, and refused then if it was revoked")
    func positive() async {
        let fixture = GateFixture()
        for _ in 0..<3 { #expect(await fixture.ask("mt_a") == "mch_mt_a") }
        fixture.issuer.answers { _ in .success(OpaqueToken(id: "mt_1", subject: "mch_1", isRevoked: true)) }
        fixture.clock.advance(by: .milliseconds(4_999))
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(fixture.issuer.calls.count == 1)
        fixture.clock.advance(by: .milliseconds(1))
        for _ in 0..<2 { #expect(await fixture.ask("mt_a") == "token-revoked") }
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("the time counts from the beginning of the call", arguments: [true, false])
    func countsFromTheBeginning(isGood: Bool) async throws {
        let answer = isGood ? OpaqueToken.machine("mch_1") : nil
        let fixture = GateFixture(ScriptedIssuer(isOpen: false) { _ in .success(answer) })
        let request = fixture.request("mt_a")
        try await fixture.isCalled(1)
        let time = Duration.seconds(isGood ? 5 : 10)
        fixture.clock.advance(by: time - .milliseconds(1))
        fixture.issuer.open()
        let found = await request.value
        #expect(await fixture.ask("mt_a") == found)
        #expect(fixture.issuer.calls.count == 1)
        fixture.clock.advance(by: .milliseconds(1))
        #expect(await fixture.ask("mt_a") == found)
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("a token that is remembered still expires at its own time")
    func ownExpiry() async {
        let expiry = Fixture.now.advanced(by: .seconds(2))
        let fixture = GateFixture(
            ScriptedIssuer { _ in .success(OpaqueToken(id: "mt_1", subject: "mch_1", expiresAt: expiry)) },
            .init(timeToLive: .seconds(60))
        )
        #expect(await fixture.ask("mt_a") == "mch_1")
        fixture.clock.advance(by: .milliseconds(6_999))  // clocks may differ by five seconds
        #expect(await fixture.ask("mt_a") == "mch_1")
        fixture.clock.advance(by: .milliseconds(1))
        #expect(await fixture.ask("mt_a") == "token-expired")
        #expect(fixture.issuer.calls.count == 1)
    }

    @Test("a time of zero remembers nothing", arguments: [Duration.zero])
    func off(time: Duration) async {
        let fixture = GateFixture(ScriptedIssuer(), .init(timeToLive: time, negativeTimeToLive: time))
        for _ in 0..<2 { #expect(await fixture.ask("mt_a") == "mch_mt_a") }
        fixture.issuer.answers { _ in .success(nil) }
        for _ in 0..<2 { #expect(await fixture.ask("mt_a") == "token-invalid") }
        #expect(fixture.issuer.calls.count == 4)
    }

    static let large: [JSONValue] = [
        ["a": .string(String(repeating: "a", count: 4_096))],
        ["a": .array(Array(repeating: .null, count: 64))],
        .object((0..<64).map { JSONMember(String($0), .null) }),
        (0..<70).reduce(JSONValue.null) { nested, _ in .array([nested]) },
        .number(JSONNumber(unchecked: String(repeating: "1", count: 4_096))),
    ]

    @Test("an answer that is too large is not kept", arguments: large)
    func largeAnswer(claims: JSONValue) async {
        let fixture = GateFixture(
            ScriptedIssuer { _ in .success(OpaqueToken(id: "mt_1", subject: "mch_1", claims: claims)) }
        )
        for _ in 0..<2 { #expect(await fixture.ask("mt_a") == "mch_1") }
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("an answer's bytes are those of its texts, and 64 for each scope and each value")
    func bytes() {
        var token = OpaqueToken(id: "1234", subject: "123456", scopes: ["12"])
        #expect(token.fits(in: 10 + 66 + 64) && !token.fits(in: 10 + 66 + 63))
        token.claims = ["123": ["a", .number(JSONNumber(unchecked: "1.5")), nil]]
        let claims = 64 + 67 + 64 + 65 + 67 + 64
        #expect(token.fits(in: 76 + claims) && !token.fits(in: 76 + claims - 1))
        for limit in [Int.min, -1, 0] { #expect(!token.fits(in: limit)) }
    }

    /// fast-jwt GHSA-rp9m-7r4c-75qg: a cache whose keys collide gives one bearer the claims of another.
    @Test("two opaque tokens never share an answer")
    func noSharedAnswer() async {
        let fixture = GateFixture(ScriptedIssuer(), .init(rememberedTokens: 2_000, callsPerSecond: .max))
        let stem = String(repeating: "a", count: 1_000)
        var tokens = (0..<300).flatMap { ["mt_\($0)", "mt_\(stem)\($0)", "mt_\($0)\(stem)", "mt_0\($0)"] }
        // Equal to String ==, or to whoever folds, trims or cuts: none of it is done.
        tokens += ["mt_K", "mt_k", "mt_\u{212A}", "mt_\u{E9}", "mt_e\u{301}", "mt_K=", "mt_K\0", "mt_K\0\0", "mt_K "]
        tokens = Array(Set(tokens.map { ByteText($0) })).map(\.string)
        for _ in 0..<2 {
            for token in tokens { #expect(await fixture.ask(token).hasSameBytes(as: "mch_\(token)")) }
        }
        #expect(fixture.issuer.calls.count == tokens.count)
    }

    @Test("the kind is a part of the key")
    func kindIsInTheKey() async throws {
        let fixture = GateFixture(ScriptedIssuer { _ in .success(.machine("mch_1")) })
        for _ in 0..<2 {
            #expect(await fixture.ask("mt_a", .m2m) == "mch_1")
            #expect(await fixture.ask("mt_a", .oauth) == "token-type-mismatch")
        }
        #expect(fixture.issuer.calls.count == 2)
        let keys = OpaqueTokenKey.Maker()
        let found = Set(try ClerkTokenKind.allCases.map { try #require(keys.key(of: "mt_a", $0)) })
        #expect(found.count == ClerkTokenKind.allCases.count)
    }

    @Test("each maker has keys of its own, so that nobody can tell them beforehand")
    func keysAreKeyed() {
        let (mine, theirs) = (OpaqueTokenKey.Maker(), OpaqueTokenKey.Maker())
        #expect(mine.key(of: "mt_a", .m2m) == mine.key(of: "mt_a", .m2m))
        #expect(mine.key(of: "mt_a", .m2m) != theirs.key(of: "mt_a", .m2m))
    }

    @Test("a route with its own list of kinds shares the memory of its authenticator")
    func routes() async throws {
        let issuer = ScriptedIssuer()
        let clock = ManualClock(Fixture.now)
        let authenticator = try ClerkAuthenticator(
            keys: try Fixture.pair.get().keySet,
            opaqueTokens: issuer,
            configuration: .init(opaqueTokens: .init(deadline: .seconds(3_600))),
            clock: clock.wall,
            monotonicClock: clock.monotonic
        )
        let request = AuthorizationRequest(method: .get, path: "/", headerFields: [.authorization: "Bearer mt_a"])
        for _ in 0..<2 {
            guard case .authenticated = await authenticator.accepting([.m2m]).authenticate(request) else {
                Issue.record("the token is not accepted")
                return
            }
        }
        #expect(issuer.calls.count == 1)
    }
}
