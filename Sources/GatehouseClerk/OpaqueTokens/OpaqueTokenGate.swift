import Synchronization

/// A gate before an ``OpaqueTokenVerifier``, whose calls cost time and money. With the gate, invented tokens cost few calls.
///
/// - One call is made for a token. All requests that need the call wait for it, and the cancellation of a request does not fail the others.
/// - Refused tokens and, for a shorter time, accepted tokens are remembered by a digest. The failure of a call is not remembered.
/// - The calls under way and the calls each second are limited. Beyond the limits, no call is made, and the verdict is unknown.
/// - No request waits beyond the deadline. A call that does not end then keeps its place until it returns.
final class OpaqueTokenGate: Sendable {
    private let verifier: any OpaqueTokenVerifier
    private let deadline: Duration
    private let clockSkew: Duration
    private let clock: WallClock
    private let monotonicClock: MonotonicClock
    private let sleep: @Sendable (Duration) async throws -> Void
    private let keys = OpaqueTokenKey.Maker()
    private let state: Mutex<State>

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - limits: The limits, within their ranges.
    ///   - clockSkew: The largest difference between clocks when a token's expiry is checked.
    ///   - sleep: A closure that waits for a call's deadline.
    init(
        _ verifier: any OpaqueTokenVerifier,
        limits: ClerkAuthenticator.Configuration.OpaqueTokens,
        clockSkew: Duration,
        clock: WallClock,
        monotonicClock: MonotonicClock,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.verifier = verifier
        deadline = limits.deadline
        self.clockSkew = clockSkew
        self.clock = clock
        self.monotonicClock = monotonicClock
        self.sleep = sleep
        state = Mutex(State(limits))
    }

    /// The number of calls that have not returned, and the number of requests that wait for calls.
    var load: (underWay: Int, waiting: Int) { state.withLock { ($0.underWay, $0.waiting) } }

    /// Returns the verdict on a token, from memory or from its issuer.
    func verdict(on token: String, _ kind: ClerkTokenKind) async -> OpaqueTokenVerdict {
        guard !Task.isCancelled else { return .unknown(.cancelled) }
        guard let key = keys.key(of: token, kind) else { return .unknown(.unkeyed) }
        let now = monotonicClock.now()
        switch state.withLock({ $0.step(for: key, at: now) }) {
        case .good(let found): return judge(found, kind)
        case .answer(let verdict): return verdict
        case .wait(let call): return await call.verdict()
        case .begin(let call):
            begin(call, about: token, kind)
            return await call.verdict()
        }
    }

    /// Makes the call in its own task, which has neither the priority nor the task-local values of the request that needed the call first.
    private func begin(_ call: OpaqueTokenCall, about token: String, _ kind: ClerkTokenKind) {
        call.runs(
            as: Task.detached { [self] in
                let verdict = await ask(token, kind)
                state.withLock { $0.finish(call, verdict) }
                call.end(verdict)
            }
        )
        call.runs(
            as: Task.detached { [sleep, deadline] in
                try? await sleep(deadline)  // the end of the call ends the sleep
                call.end(.unknown(.overdue))
            }
        )
    }

    private func ask(_ token: String, _ kind: ClerkTokenKind) async -> OpaqueTokenVerdict {
        do throws(OpaqueTokenError) {
            guard let found = try await verifier.verify(token, kind: kind) else {
                return .refused(TokenError(.invalid, "the issuer knows no such token"))
            }
            return judge(found, kind)
        } catch {
            return .unknown(error.printable(without: token))
        }
    }

    private func judge(_ token: OpaqueToken, _ kind: ClerkTokenKind) -> OpaqueTokenVerdict {
        do throws(TokenError) {
            try token.requireGood(kind, at: clock.now(), skew: clockSkew)
            return .good(token)
        } catch {
            return .refused(error)
        }
    }
}
