import GatehouseTesting
import Testing

@testable import GatehouseClerk

@Suite("Requests with one opaque token share a call to its issuer", .timeLimit(.minutes(10)))
struct OpaqueTokenCallTests {
    @Test("all requests for a token at a time wait for one call, and get its answer")
    func singleFlight() async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false))
        let requests = (0..<50).map { _ in fixture.request("mt_a") }
        try await fixture.waits(50)
        fixture.issuer.open()
        for request in requests { #expect(await request.value == "mch_mt_a") }
        #expect(fixture.issuer.calls.count == 1)
    }

    @Test("other tokens, and the same token as another kind, have calls of their own")
    func others() async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false))
        let requests = [("mt_a", ClerkTokenKind.m2m), ("mt_b", .m2m), ("mt_a", .apiKey)].map(fixture.request)
        try await fixture.waits(3)
        try await fixture.isCalled(3)
        fixture.issuer.open()
        for request in requests { _ = await request.value }
        #expect(Set(fixture.issuer.calls.map { "\($0.kind) \($0.token)" }) == ["m2m mt_a", "m2m mt_b", "apiKey mt_a"])
    }

    @Test("a caller that is cancelled stops waiting at once, and fails nobody else", arguments: [0, 1, 2])
    func cancelledCaller(leaving: Int) async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false))
        var requests: [Task<String, Never>] = []
        for count in 1...3 {
            requests.append(fixture.request("mt_a"))
            try await fixture.waits(count)
        }
        let cancelled = requests.remove(at: leaving)
        cancelled.cancel()
        #expect(await cancelled.value == "503 cancelled")
        fixture.issuer.open()
        for request in requests { #expect(await request.value == "mch_mt_a") }
        #expect(fixture.issuer.calls.count == 1 && fixture.issuer.cancelled == 0)
    }

    @Test("a call for which nobody waits is cancelled, and its later answer is not believed")
    func abandoned() async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false))
        let requests = (0..<3).map { _ in fixture.request("mt_a") }
        try await fixture.waits(3)
        try await fixture.isCalled(1)
        for request in requests { request.cancel() }
        for request in requests { #expect(await request.value == "503 cancelled") }
        try await fixture.isUnderWay(0)
        #expect(fixture.issuer.cancelled == 1)
        fixture.issuer.open()
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("a call that was left and does not stop is joined by nobody, and keeps its place")
    func left() async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false, heedsCancellation: false), .init(callsInFlight: 2))
        let first = fixture.request("mt_a")
        try await fixture.isCalled(1)
        first.cancel()
        #expect(await first.value == "503 cancelled")
        let second = fixture.request("mt_a")
        try await fixture.isCalled(2)
        #expect(await fixture.ask("mt_b") == "503 opaque-token-calls-exhausted")
        fixture.issuer.open()
        #expect(await second.value == "mch_mt_a")
        try await fixture.isUnderWay(0)
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("the end of a call that was left does not touch the next one about the same token")
    func leftReturns() async throws {
        let fixture = GateFixture(ScriptedIssuer(isOpen: false, heedsCancellation: false))
        let first = fixture.request("mt_a")
        try await fixture.isCalled(1)
        first.cancel()
        #expect(await first.value == "503 cancelled")
        let second = fixture.request("mt_a")
        try await fixture.isCalled(2)
        try await eventually(equals: 1) {
            fixture.issuer.answer(1)  // as soon as it waits
            return fixture.gate.load.underWay
        }
        let third = fixture.request("mt_a")
        try await fixture.waits(2)
        fixture.issuer.open()
        for request in [second, third] { #expect(await request.value == "mch_mt_a") }
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("a cancelled caller does not begin to wait, and the last to leave ends the call")
    func cancelledBeforeWaiting() async throws {
        let key = try #require(OpaqueTokenKey.Maker().key(of: "mt_a", .m2m))
        let call = OpaqueTokenCall(key, start: MonotonicInstant(nanoseconds: 0))
        #expect(call.join() && call.participants == 2)
        for isLast in [false, true] {
            let leaving = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                guard case .unknown(let error) = await call.verdict() else { return false }
                return error == .cancelled
            }
            #expect(await leaving.value)
            #expect(call.isOver == isLast)
        }
        #expect(!call.join())
    }

    @Test("a request that was cancelled before costs no call")
    func cancelledBefore() async {
        let fixture = GateFixture()
        let request = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await fixture.ask("mt_a")
        }
        #expect(await request.value == "503 cancelled")
        #expect(fixture.issuer.calls.isEmpty)
    }

    @Test("a call has neither the task locals nor the priority of the request that needed it first")
    func detached() async throws {
        let fixture = GateFixture()
        await ScriptedIssuer.$mark.withValue("the first caller's") {
            await Task(priority: .background) { _ = await fixture.ask("mt_a") }.value
        }
        let call = try #require(fixture.issuer.calls.first)
        #expect(call.mark == "none")
        #expect(call.priority > .background)
    }

    @Test("nobody waits beyond the deadline, the call is cancelled, and its place is free when it returns")
    func deadline() async throws {
        let limits = ClerkAuthenticator.Configuration.OpaqueTokens(callsInFlight: 1, deadline: .seconds(3))
        let fixture = GateFixture(ScriptedIssuer(isOpen: false, heedsCancellation: false), limits)
        let requests = (0..<3).map { _ in fixture.request("mt_a") }
        try await fixture.waits(3)
        try await fixture.isCalled(1)
        fixture.timer.fire()
        for request in requests { #expect(await request.value == "503 opaque-token-timeout") }
        #expect(fixture.timer.durations == [.seconds(3)])
        try await eventually(equals: 1) { fixture.issuer.cancelled }
        #expect(await fixture.ask("mt_a") == "503 opaque-token-calls-exhausted")
        fixture.issuer.open()
        fixture.timer.reset()
        try await fixture.isUnderWay(0)
        #expect(await fixture.ask("mt_a") == "mch_mt_a")
        #expect(fixture.issuer.calls.count == 2)
    }

    @Test("a verifier that never answers is 503, with the timer that a server has")
    func realTimer() async {
        let gate = OpaqueTokenGate(
            ScriptedIssuer(isOpen: false),
            limits: .init(deadline: .milliseconds(1)),
            clockSkew: .zero,
            clock: .system,
            monotonicClock: .system
        )
        guard case .unknown(let error) = await gate.verdict(on: "mt_a", .m2m) else {
            Issue.record("there is a verdict")
            return
        }
        #expect(error.code == .timeout)
    }
}
