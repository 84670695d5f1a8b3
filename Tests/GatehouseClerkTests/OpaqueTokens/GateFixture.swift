import GatehouseTesting

@testable import GatehouseClerk

/// A gate whose times are told to it.
struct GateFixture {
    let issuer: ScriptedIssuer
    let clock = ManualClock(Fixture.now)
    let timer = ManualTimer()
    let gate: OpaqueTokenGate

    init(_ issuer: ScriptedIssuer = ScriptedIssuer(), _ limits: ClerkAuthenticator.Configuration.OpaqueTokens = .init())
    {
        self.issuer = issuer
        gate = OpaqueTokenGate(
            issuer,
            limits: limits,
            clockSkew: .seconds(5),
            clock: clock.wall,
            monotonicClock: clock.monotonic,
            sleep: timer.sleep
        )
    }

    /// Whom the gate says that a token speaks for, or why for nobody.
    func ask(_ token: String, _ kind: ClerkTokenKind = .m2m) async -> String {
        switch await gate.verdict(on: token, kind) {
        case .good(let found): found.subject
        case .refused(let error): error.code.rawValue
        case .unknown(let error): "503 \(error.code)"
        }
    }

    /// A request that asks so.
    func request(_ token: String, _ kind: ClerkTokenKind = .m2m) -> Task<String, Never> {
        Task { await ask(token, kind) }
    }

    /// Waits until so many requests wait for calls.
    func waits(_ count: Int) async throws {
        try await eventually(equals: count) { gate.load.waiting }
    }

    /// Waits until so many calls have not returned.
    func isUnderWay(_ count: Int) async throws {
        try await eventually(equals: count) { gate.load.underWay }
    }

    /// Waits until the issuer was called so often.
    func isCalled(_ count: Int) async throws {
        try await eventually {
            issuer.calls.count
        } satisfies: {
            $0 >= count
        }
    }
}
