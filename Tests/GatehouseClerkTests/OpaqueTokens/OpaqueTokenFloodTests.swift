import GatehouseTesting
import Testing

@testable import GatehouseClerk

@Suite("Invented opaque tokens cost a bounded number of calls", .timeLimit(.minutes(10)))
struct OpaqueTokenFloodTests {
    static func request(_ token: String) -> AuthorizationRequest {
        AuthorizationRequest(method: .get, path: "/", headerFields: [.authorization: "Bearer \(token)"])
    }

    @Test(
        "ten thousand tokens in a second cost a burst and a second's calls, and keep no remembered token out"
    )
    func flood() async throws {
        let issuer = ScriptedIssuer { $0.hasPrefix("mt_good") ? .success(.machine("mch_1")) : .success(nil) }
        let clock = ManualClock(Fixture.now)
        let authenticator = try ClerkAuthenticator(
            keys: try Fixture.pair.get().keySet,
            opaqueTokens: issuer,
            configuration: .init(acceptedTokens: [.m2m], opaqueTokens: .init(deadline: .seconds(3_600))),
            clock: clock.wall,
            monotonicClock: clock.monotonic
        )
        guard case .authenticated = await authenticator.authenticate(Self.request("mt_good")) else {
            Issue.record("the good token is not accepted")
            return
        }
        var found: [String: Int] = [:]
        for number in 0..<10_000 {
            let outcome = await authenticator.authenticate(Self.request("mt_\(number)"))
            switch outcome {
            case .rejected(let code, _): found[code, default: 0] += 1
            case .unavailable(let code, _, let retryAfter):
                found[code, default: 0] += 1
                #expect(retryAfter.map { $0 > .zero && $0 <= .milliseconds(20) } == true)
            default: Issue.record("\(outcome)")
            }
            if number % 1_000 == 999 {
                guard case .authenticated = await authenticator.authenticate(Self.request("mt_good")) else {
                    Issue.record("the good token is refused after \(number)")
                    return
                }
            }
            clock.advance(by: .microseconds(100))
        }
        // Three quarters of the burst, of which the good token took one; and a second's calls.
        #expect(issuer.calls.count <= 150)
        #expect(found["token-invalid"] == issuer.calls.count - 1 && issuer.calls.count >= 75 + 49)
        #expect(found["opaque-token-calls-exhausted"] == 10_000 - (issuer.calls.count - 1))
        // Good a while ago, and so before them all, though the flood goes on.
        clock.advance(by: .seconds(5))
        for number in 0..<400 { _ = await authenticator.authenticate(Self.request("mt_a\(number)")) }
        guard case .authenticated = await authenticator.authenticate(Self.request("mt_good")),
            case .unavailable = await authenticator.authenticate(Self.request("mt_goodButNew"))
        else {
            Issue.record("a token that was good has no priority, or one that was not has")
            return
        }
    }

    @Test("tokens that were refused a moment ago are refused again without a call, all of them")
    func floodedMemory() async {
        let fixture = GateFixture(ScriptedIssuer { _ in .success(nil) })
        var asked: [String] = []
        for second in 0..<10 {
            for number in 0..<200 {
                let token = "mt_\(second)_\(number)"
                if await fixture.ask(token) == "token-invalid" { asked.append(token) }
            }
            fixture.clock.advance(by: .milliseconds(999))
        }
        let calls = fixture.issuer.calls.count
        #expect(calls == asked.count && calls > 500)
        for token in asked { #expect(await fixture.ask(token) == "token-invalid") }
        #expect(fixture.issuer.calls.count == calls)
    }

    @Test("a smaller memory forgets the oldest refusal first, and no good token")
    func smallMemory() async {
        let fixture = GateFixture(
            ScriptedIssuer { $0.hasPrefix("mt_g") ? .success(.machine("mch_1")) : .success(nil) },
            .init(rememberedTokens: 1, rememberedRefusals: 3)
        )
        #expect(await fixture.ask("mt_g") == "mch_1")
        for token in ["mt_1", "mt_2", "mt_3", "mt_4"] { #expect(await fixture.ask(token) == "token-invalid") }
        let calls = fixture.issuer.calls.count
        for token in ["mt_2", "mt_3", "mt_4", "mt_g"] { _ = await fixture.ask(token) }
        #expect(fixture.issuer.calls.count == calls)
        #expect(await fixture.ask("mt_1") == "token-invalid")
        #expect(fixture.issuer.calls.count == calls + 1)
    }

    @Test("the calls under way are limited, and a quarter of them is kept for tokens that were good")
    func inFlight() async throws {
        let fixture = GateFixture(ScriptedIssuer(), .init(callsInFlight: 8))
        for number in 0..<3 { #expect(await fixture.ask("mt_g\(number)") == "mch_mt_g\(number)") }
        fixture.clock.advance(by: .seconds(5))
        fixture.issuer.close()
        var requests = (0..<6).map { fixture.request("mt_\($0)") }
        try await fixture.isUnderWay(6)
        #expect(await fixture.ask("mt_6") == "503 opaque-token-calls-exhausted")
        requests += (0..<2).map { fixture.request("mt_g\($0)") }
        try await fixture.isUnderWay(8)
        #expect(await fixture.ask("mt_g2") == "503 opaque-token-calls-exhausted")
        requests.append(fixture.request("mt_0"))  // waits with who asked before
        try await fixture.waits(9)
        fixture.issuer.open()
        for request in requests { #expect(await request.value.hasPrefix("mch_mt_")) }
        #expect(fixture.issuer.calls.count == 3 + 8)
        try await fixture.isUnderWay(0)
        #expect(await fixture.ask("mt_6") == "mch_mt_6")
    }

    @Test("a token that was good and is refused has no priority any more")
    func noLongerGood() async {
        let fixture = GateFixture(ScriptedIssuer(), .init(negativeTimeToLive: .zero, callsPerSecond: 1, callBurst: 4))
        #expect(await fixture.ask("mt_g") == "mch_mt_g")
        fixture.issuer.answers { _ in .success(nil) }
        fixture.clock.advance(by: .seconds(5))
        #expect(await fixture.ask("mt_g") == "token-invalid")
        for _ in 0..<2 { #expect(await fixture.ask("mt_g") == "token-invalid") }
        #expect(await fixture.ask("mt_g") == "503 opaque-token-calls-exhausted")
    }

    @Test("limits that are not positive count as 1", arguments: [Int.min, -1, 0, 1])
    func leastLimits(limit: Int) async {
        let limits = ClerkAuthenticator.Configuration.OpaqueTokens(
            rememberedTokens: min(0, limit),
            rememberedRefusals: min(0, limit),
            callsInFlight: limit,
            callsPerSecond: limit,
            callBurst: limit
        )
        let fixture = GateFixture(ScriptedIssuer(), limits)
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(await fixture.ask("mt_a") == "503 opaque-token-calls-exhausted")
        fixture.clock.advance(by: .seconds(1))
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(fixture.issuer.calls.count == 2)
    }
}

@Suite("A budget of calls")
struct CallBudgetTests {
    private func instant(_ duration: Duration) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: 0).advanced(by: duration)
    }

    @Test("a budget fills at its rate, up to its burst, and says when the next call is free")
    func rate() {
        var budget = CallBudget(perSecond: 4, burst: 3)
        for second in [Duration.zero, .seconds(100)] {
            for _ in 0..<3 { #expect(budget.take(leaving: 0, at: instant(second)) == nil) }
            #expect(budget.take(leaving: 0, at: instant(second)) == .milliseconds(250))
            #expect(budget.take(leaving: 0, at: instant(second + .milliseconds(240))) == .milliseconds(10))
            #expect(budget.take(leaving: 0, at: instant(second + .milliseconds(250))) == nil)
        }
    }

    @Test("a budget gives its reserve only to callers that may take it")
    func reserve() {
        var budget = CallBudget(perSecond: 1, burst: 4)
        for _ in 0..<3 { #expect(budget.take(leaving: 1, at: instant(.zero)) == nil) }
        #expect(budget.take(leaving: 1, at: instant(.zero)) == .seconds(1))
        #expect(budget.take(leaving: 0, at: instant(.zero)) == nil)
        #expect(budget.take(leaving: 0, at: instant(.zero)) == .seconds(1))
        #expect(budget.take(leaving: 1, at: instant(.zero)) == .seconds(2))
    }

    @Test("a budget gives no call when its clock is at its end")
    func endOfTime() {
        var budget = CallBudget(perSecond: 50, burst: 100)
        #expect(budget.take(leaving: 0, at: MonotonicInstant(nanoseconds: .max)) != nil)
    }

    @Test("no rate, burst or time overflows", arguments: [(Int.max, Int.max), (1, .max), (.max, 1), (.min, .min)])
    func extremes(rate: Int, burst: Int) {
        var budget = CallBudget(perSecond: rate, burst: burst)
        for reserve in [0, .max, .min] {
            for time in [0, 1, UInt64.max / 2, .max - 1, .max] {
                _ = budget.take(leaving: reserve, at: MonotonicInstant(nanoseconds: time))
            }
        }
    }
}
