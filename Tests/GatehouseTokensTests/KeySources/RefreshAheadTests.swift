import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("A key set is loaded anew before its time is over, and for as long as its answer says")
struct RefreshAheadTests {
    let clock = ManualClock(.distantPast)
    let keys: [KeyPair]

    init() throws {
        let pairs = try RemoteKeySetTests.pairs.get()
        keys = [pairs.old, pairs.new]
    }

    private func source(
        _ transport: InMemoryTransport,
        jitter: Double = 1,
        _ configure: (inout RemoteKeySet.Configuration) -> Void = { _ in }
    ) throws -> RemoteKeySet {
        var configuration = RemoteKeySet.Configuration(url: "https://issuer.example/jwks.json")
        configure(&configuration)
        return try RemoteKeySet(
            configuration: configuration,
            transport: transport,
            clock: clock.monotonic,
            jitter: { jitter }
        )
    }

    private func answer(_ pair: KeyPair, _ fields: [(String, String)] = []) -> InMemoryTransport.Answer {
        let fields = HTTPFields(pairs: fields)
        return .success(HTTPTransportResponse(status: .ok, headerFields: fields, body: pair.jwks.utf8))
    }

    @Test("the set serves while the next one is on its way, and nobody waits", .timeLimit(.minutes(1)))
    func background() async throws {
        let gate = Gate()
        let answers = [answer(keys[0]), answer(keys[1])]
        let transport = InMemoryTransport { _, number in
            if number == 1 { await gate.wait() }
            return answers[min(number, 1)]
        }
        let source = try source(transport)
        let first = try await source.keys()
        clock.advance(by: .seconds(269))
        #expect(source.keysAtHand()?.keys.map(\.id) == ["old"])
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        for _ in 0..<100 { #expect(source.keysAtHand()?.keys.map(\.id) == ["old"]) }
        try await transport.waitForRequests(2)
        for _ in 0..<100 { #expect(try await source.keys().keys.map(\.id) == ["old"]) }
        await gate.open()
        #expect(try await source.keys(newerThan: first)?.keys.map(\.id) == ["new"])
        #expect(source.keysAtHand()?.keys.map(\.id) == ["new"])
        #expect(transport.requests.count == 2)
    }

    @Test("a failure ahead of time costs nothing, and is tried again after the cooldown", .timeLimit(.minutes(1)))
    func failure() async throws {
        let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))
        let transport = InMemoryTransport(answers: [answer(keys[0]), broken, broken, answer(keys[1])])
        let source = try source(transport)
        let first = try await source.keys()
        clock.advance(by: .seconds(270))
        for attempt in 2...3 {
            for _ in 0..<100 { #expect(source.keysAtHand() != nil) }
            try await transport.waitForRequests(attempt)
            // Whoever misses a key waits for the load on its way, and is told of its failure.
            await #expect(throws: TokenError.self) { try await source.keys(newerThan: first) }
            for _ in 0..<100 { #expect(source.keysAtHand() != nil) }
            #expect(transport.requests.count == attempt)
            clock.advance(by: .seconds(10))
        }
        #expect(source.keysAtHand()?.keys.map(\.id) == ["old"])
        try await transport.waitForRequests(4)
        #expect(try await source.keys(newerThan: first)?.keys.map(\.id) == ["new"])
    }

    /// Seconds after which the next load is due.
    @Test(
        "the time is early by half of the setting at least, and by half of the time to live at most",
        .timeLimit(.minutes(1)),
        arguments: [
            (300, 30, 1.0, 270), (300, 30, 0.0, 285), (300, 30, 0.5, 278), (300, 1_000, 1.0, 150),
            (300, 1_000, 0.0, 225), (300, 30, 7.0, 270), (300, 30, -7.0, 285),
        ] as [(Int, Int, Double, Int)]
    )
    func jitter(timeToLive: Int, ahead: Int, jitter: Double, due: Int) async throws {
        let transport = InMemoryTransport(answers: [answer(keys[0]), answer(keys[1])])
        let source = try source(transport, jitter: jitter) {
            $0.timeToLive = .seconds(timeToLive)
            $0.refreshAhead = .seconds(ahead)
        }
        let first = try await source.keys()
        clock.advance(by: .seconds(due - 1))
        #expect(source.keysAtHand() != nil)
        await Task.yield()
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(source.keysAtHand() != nil)
        try await transport.waitForRequests(2)
        #expect(try await source.keys(newerThan: first)?.keys.map(\.id) == ["new"])
    }

    @Test("a set without early refresh is loaded when its time is over", .timeLimit(.minutes(1)))
    func none() async throws {
        let transport = InMemoryTransport(answers: [answer(keys[0])])
        let source = try source(transport) { $0.refreshAhead = .zero }
        _ = try await source.keys()
        clock.advance(by: .seconds(299))
        #expect(source.keysAtHand() != nil)
        for _ in 0..<20 { await Task.yield() }
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(source.keysAtHand() != nil)
        try await transport.waitForRequests(2)
    }

    /// Seconds for which a set with these fields is current: 300 where they do not say.
    @Test(
        "Cache-Control gives the time to live, within bounds",
        .timeLimit(.minutes(1)),
        arguments: [
            ([], 300), ([("cache-control", "max-age=120")], 120), ([("Cache-Control", "public, MAX-AGE=120")], 120),
            ([("cache-control", "max-age=\"120\"")], 120), ([("cache-control", "max-age=60")], 60),
            ([("cache-control", "max-age=59")], 60), ([("cache-control", "max-age=0")], 60),
            ([("cache-control", "no-store")], 60), ([("cache-control", "max-age=600, no-cache")], 60),
            ([("cache-control", "max-age=900")], 900), ([("cache-control", "max-age=901")], 900),
            ([("cache-control", "max-age=99999999999999999999999999")], 900),
            ([("cache-control", "max-age=600"), ("cache-control", "max-age=400")], 400),
            ([("cache-control", "max-age=600"), ("age", "100")], 500),
            ([("cache-control", "max-age=600"), ("age", "99999999999999999999999999")], 60),
            ([("cache-control", "max-age=600"), ("age", "-5")], 600), ([("age", "100")], 300),
            ([("cache-control", "max-age=-1")], 300), ([("cache-control", "max-age=")], 300),
            ([("cache-control", "max-age=1.5")], 300), ([("cache-control", "s-maxage=120")], 300),
            ([("cache-control", "max-age = 120")], 120), ([("cache-control", ",,;")], 300), ([("expires", "0")], 300),
            ([("cache-control", "max-age=\u{661}\u{662}")], 300),
        ] as [([(String, String)], Int)]
    )
    func cacheControl(fields: [(String, String)], seconds: Int) async throws {
        let transport = InMemoryTransport(answers: [answer(keys[0], fields)])
        let source = try source(transport) { $0.refreshAhead = .zero }
        _ = try await source.keys()
        clock.advance(by: .seconds(seconds - 1))
        #expect(source.keysAtHand() != nil)
        for _ in 0..<20 { await Task.yield() }
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(source.keysAtHand() != nil)
        try await transport.waitForRequests(2)
    }
}
