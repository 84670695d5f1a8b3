import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("A caller with a usable key waits for nothing while the key server is silent")
struct KeyOutageTests {
    let clock = ManualClock(.distantPast.advanced(by: .seconds(63_900_000_000)))
    let pairs: (old: KeyPair, new: KeyPair)

    init() throws {
        pairs = try RemoteKeySetTests.pairs.get()
    }

    private func token(_ pair: KeyPair) throws -> String {
        let claims = TokenMinter.claims(subject: "user_1", at: clock.now, lifetime: .seconds(86_400))
        return try TokenMinter(keyPair: pair).token(claims: claims)
    }

    /// A transport that answers once, and after that not before the gate is opened.
    private func transport(_ gate: Gate, then answer: InMemoryTransport.Answer) -> InMemoryTransport {
        let first = InMemoryTransport.Answer.json(pairs.old.jwks.description)
        return InMemoryTransport { _, number in
            if number == 0 { return first }
            await gate.wait()
            return answer
        }
    }

    private func source(
        _ transport: InMemoryTransport,
        staleLimit: Duration = .seconds(3_600)
    ) throws -> RemoteKeySet {
        try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json", staleLimit: staleLimit),
            transport: transport,
            clock: clock.monotonic
        )
    }

    /// Seconds without an answer, up to the hard limit.
    @Test(
        "a key that was loaded serves at once until the hard limit, however long nothing comes",
        .timeLimit(.minutes(1)),
        arguments: [300, 301, 305, 900, 3_599]
    )
    func hanging(seconds: Int) async throws {
        let gate = Gate()
        let transport = transport(gate, then: .json(pairs.new.jwks.description))
        let verifier = TokenVerifier(keys: try source(transport), clock: clock.wall)
        let token = try token(pairs.old)
        _ = try await verifier.verify(token)
        clock.advance(by: .seconds(seconds))
        for _ in 0..<100 { #expect(try await verifier.verify(token).subject == "user_1") }
        try await transport.waitForRequests(2)
        #expect(transport.requests.count == 2)
        await gate.open()
    }

    @Test("an outage second by second keeps nobody waiting, and costs one request on its way", .timeLimit(.minutes(1)))
    func secondBySecond() async throws {
        let gate = Gate()
        let transport = transport(gate, then: .failure(HTTPTransportError(.deadlineExceeded, "too slow")))
        let verifier = TokenVerifier(keys: try source(transport), clock: clock.wall)
        let token = try token(pairs.old)
        for _ in 0..<3_600 {
            #expect(try await verifier.verify(token).subject == "user_1")
            clock.advance(by: .seconds(1))
        }
        try await transport.waitForRequests(2)
        #expect(transport.requests.count == 2)
        // Past the hard limit everybody waits for the request, and is told what came of it.
        let last = Task { try await verifier.verify(token) }
        await gate.open()
        let error = await #expect(throws: TokenError.self) { try await last.value }
        #expect(error?.code == .remoteKeysFailedToLoad)
    }

    @Test("only a token whose key is missing waits, and gets the new key", .timeLimit(.minutes(1)))
    func missingKey() async throws {
        let gate = Gate()
        let transport = transport(gate, then: .json(pairs.new.jwks.description))
        let verifier = TokenVerifier(keys: try source(transport), clock: clock.wall)
        let (old, new) = (try token(pairs.old), try token(pairs.new))
        _ = try await verifier.verify(old)
        clock.advance(by: .seconds(1_000))
        let waiting = Task { try await verifier.verify(new).subject }
        try await transport.waitForRequests(2)
        for _ in 0..<100 { #expect(try await verifier.verify(old).subject == "user_1") }
        await gate.open()
        #expect(try await waiting.value == "user_1")
        #expect(transport.requests.count == 2)
    }

    @Test("a caller after the time to live waits for the next set without a stale limit", .timeLimit(.minutes(1)))
    func noStaleLimit() async throws {
        let gate = Gate()
        await gate.open()
        let transport = transport(gate, then: .json(pairs.new.jwks.description))
        let verifier = TokenVerifier(keys: try source(transport, staleLimit: .zero), clock: clock.wall)
        let (old, new) = (try token(pairs.old), try token(pairs.new))
        _ = try await verifier.verify(old)
        clock.advance(by: .seconds(299))
        _ = try await verifier.verify(new)  // a key that is missing is asked for all the same
        clock.advance(by: .seconds(300))
        #expect(try await verifier.verify(new).subject == "user_1")
        let error = await #expect(throws: TokenError.self) { try await verifier.verify(old) }
        #expect(error?.code == .keyMismatch)
    }
}
