import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("A remote key set is loaded once for all, kept for a time, and never worse for a bad answer")
struct RemoteKeySetTests {
    static let pairs = Result { try (old: KeyPair(id: "old"), new: KeyPair(id: "new")) }

    let clock = ManualClock(.distantPast.advanced(by: .seconds(63_900_000_000)))
    let old: KeyPair
    let new: KeyPair

    init() throws {
        (old, new) = try Self.pairs.get()
    }

    private func source(_ transport: InMemoryTransport) throws -> RemoteKeySet {
        try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json", refreshAhead: .zero),
            transport: transport,
            clock: clock.monotonic
        )
    }

    private func verifier(_ source: RemoteKeySet) -> TokenVerifier {
        TokenVerifier(keys: source, clock: clock.wall)
    }

    private func token(_ pair: KeyPair, kid: JSONValue? = nil) throws -> String {
        let minter = TokenMinter(keyPair: pair)
        let claims = TokenMinter.claims(subject: "user_1", at: clock.now, lifetime: .seconds(86_400))
        return try minter.token(claims: claims, header: minter.header.replacing(kid.map { ["kid": $0] } ?? [:]))
    }

    private func jwks(_ pairs: KeyPair...) -> InMemoryTransport.Answer { .json(KeyPair.jwks(pairs).description) }

    @Test("a set is asked for once within its time to live, with a deadline and a limit", .timeLimit(.minutes(1)))
    func timeToLive() async throws {
        let transport = InMemoryTransport(answers: [jwks(old)])
        let verifier = verifier(try source(transport))
        #expect(transport.requests.isEmpty)
        #expect(await verifier.refusal(of: try token(old)) == nil)
        clock.advance(by: .seconds(299))
        #expect(await verifier.refusal(of: try token(old)) == nil)
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(await verifier.refusal(of: try token(old)) == nil)
        try await transport.waitForRequests(2)
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(request.url == "https://issuer.example/jwks.json")
        #expect(request.deadline == .seconds(5))
        #expect(request.maximumResponseByteCount == 262_144)
    }

    @Test("a key that left the set no longer verifies, and a new key does")
    func rotation() async throws {
        let transport = InMemoryTransport(answers: [jwks(old), jwks(new)])
        let verifier = verifier(try source(transport))
        #expect(await verifier.refusal(of: try token(old)) == nil)
        clock.advance(by: .seconds(20))
        #expect(await verifier.refusal(of: try token(new)) == nil)
        #expect(transport.requests.count == 2)
        #expect(await verifier.refusal(of: try token(old))?.code == .keyMismatch)
        #expect(transport.requests.count == 2)
    }

    @Test("ten thousand invented key ids cost one request per cooldown")
    func unknownKeys() async throws {
        let transport = InMemoryTransport(answers: [jwks(old)])
        let verifier = verifier(try source(transport))
        #expect(await verifier.refusal(of: try token(old)) == nil)
        let invented = try token(old, kid: "invented")
        for _ in 0..<100 { #expect(await verifier.refusal(of: invented)?.code == .keyMismatch) }
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(10))
        await withTaskGroup { group in
            for _ in 0..<10_000 { group.addTask { _ = await verifier.refusal(of: invented) } }
        }
        #expect(transport.requests.count == 2)
        #expect(await verifier.refusal(of: try token(old)) == nil)
    }

    @Test("all callers who miss the keys wait for the same request")
    func singleFlight() async throws {
        let gate = Gate()
        let answer = jwks(old)
        let transport = InMemoryTransport { _, _ in
            await gate.wait()
            return answer
        }
        let verifier = verifier(try source(transport))
        let token = try token(old)
        let tasks = (0..<50).map { _ in Task { await verifier.refusal(of: token) } }
        try await transport.waitForRequests(1)
        await gate.open()
        for task in tasks { #expect(await task.value == nil) }
        #expect(transport.requests.count == 1)
    }

    @Test("the first caller's cancellation does not fail the others")
    func cancelledFirstCaller() async throws {
        let gate = Gate()
        let answer = jwks(old)
        let transport = InMemoryTransport { _, _ in
            await gate.wait()
            return Task.isCancelled ? .failure(HTTPTransportError(.cancelled, "cancelled")) : answer
        }
        let verifier = verifier(try source(transport))
        let token = try token(old)
        let first = Task { await verifier.refusal(of: token) }
        try await transport.waitForRequests(1)
        let second = Task { await verifier.refusal(of: token) }
        first.cancel()
        await gate.open()
        #expect(await second.value == nil)
        #expect(await first.value == nil)
        #expect(transport.requests.count == 1)
    }

    struct BadAnswer: CustomTestStringConvertible {
        let testDescription: String
        let answer: InMemoryTransport.Answer

        init(_ name: String, _ answer: InMemoryTransport.Answer) {
            testDescription = name
            self.answer = answer
        }
    }

    static let badAnswers = [
        BadAnswer("no connection", .failure(HTTPTransportError(.connectionFailed, "refused"))),
        BadAnswer("too slow", .failure(HTTPTransportError(.deadlineExceeded, "too slow"))),
        BadAnswer(
            "a server error",
            .success(HTTPTransportResponse(status: .internalServerError, body: Array(#"{"keys":[]}"#.utf8)))
        ),
        BadAnswer(
            "a redirect",
            .success(HTTPTransportResponse(status: .found, headerFields: [.location: "https://x"]))
        ),
        BadAnswer(
            "another success",
            .success(HTTPTransportResponse(status: .partialContent, body: Array(#"{"keys":[]}"#.utf8)))
        ),
        BadAnswer("not JSON", .json("<html>")), BadAnswer("no keys", .json("{}")),
        BadAnswer("duplicate members", .json(#"{"keys":[],"keys":[]}"#)),
        BadAnswer("too large", .json(#"{"keys":[]}"# + String(repeating: " ", count: 262_144))),
    ]

    @Test("a bad first answer is 503, and the next attempt waits for the cooldown", arguments: badAnswers)
    func badFirstAnswer(bad: BadAnswer) async throws {
        let transport = InMemoryTransport(answers: [bad.answer, jwks(old)])
        let verifier = verifier(try source(transport))
        let token = try token(old)
        for _ in 0..<3 { #expect(await verifier.refusal(of: token)?.code == .remoteKeysFailedToLoad) }
        #expect(transport.requests.count == 1)
        let error = await #expect(throws: TokenError.self) { try await verifier.verify(token) }
        #expect(error?.status == 503)
        clock.advance(by: .seconds(10))
        #expect(await verifier.refusal(of: token) == nil)
    }

    @Test(
        "a bad or an empty answer does not replace a good set, until the hard limit",
        .timeLimit(.minutes(1)),
        arguments: badAnswers + [
            BadAnswer("an empty set", .json(#"{"keys":[]}"#)), BadAnswer("unusable keys", .json(#"{"keys":[{}]}"#)),
        ]
    )
    func badLaterAnswer(bad: BadAnswer) async throws {
        let transport = InMemoryTransport(answers: [jwks(old), bad.answer])
        let verifier = verifier(try source(transport))
        let token = try token(old)
        #expect(await verifier.refusal(of: token) == nil)
        clock.advance(by: .seconds(300))
        for _ in 0..<3 { #expect(await verifier.refusal(of: token) == nil) }
        try await transport.waitForRequests(2)
        // Nobody knows now if a missing key exists.
        #expect(await verifier.refusal(of: try self.token(new))?.code == .remoteKeysFailedToLoad)
        #expect(transport.requests.count == 2)
        clock.advance(by: .seconds(3_299))
        #expect(await verifier.refusal(of: token) == nil)
        clock.advance(by: .seconds(1))
        #expect(await verifier.refusal(of: token)?.code == .remoteKeysFailedToLoad)
    }

    @Test("an empty set without earlier keys makes tokens 401, not 503")
    func emptyFirstAnswer() async throws {
        let verifier = verifier(try source(InMemoryTransport(answers: [.json(#"{"keys":[]}"#)])))
        #expect(await verifier.refusal(of: try token(old))?.code == .keyMismatch)
    }

    @Test("a token that is refused for its shape or algorithm waits for no keys", arguments: ["", "a.b.c", "x"])
    func cheapChecksFirst(text: String) async throws {
        let transport = InMemoryTransport(answers: [])
        let verifier = verifier(try source(transport))
        #expect(await verifier.refusal(of: text)?.code == .invalid)
        let minter = TokenMinter(keyPair: old)
        let unsigned = try minter.token(claims: [:], header: ["alg": "none"])
        #expect(await verifier.refusal(of: unsigned)?.code == .invalidAlgorithm)
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "keys are loaded over https, or over http from this machine",
        arguments: [
            ("https://issuer.example/jwks", true), ("HTTPS://issuer.example", true),
            ("http://localhost:8080/jwks", true),
            ("http://127.0.0.1/jwks", true), ("http://127.9.9.9/jwks", true), ("http://[::1]:80/jwks", true),
            ("http://issuer.example/jwks", false), ("http://localhost.example/", false),
            ("http://127.0.0.1.example/", false),
            ("http://127.0.0/", false), ("http://localhost@issuer.example/", false), ("https://", false),
            ("https:///jwks", false), ("file:///etc/passwd", false), ("ftp://localhost/", false),
            ("issuer.example", false),
            ("https://issuer.example/ x", false), ("https://issuer.example/\r\nx", false), ("", false),
            ("http://localhost\\@issuer.example/", false), ("https://user:secret@issuer.example/", false),
        ]
    )
    func addresses(url: String, isAccepted: Bool) {
        let source = try? RemoteKeySet(configuration: .init(url: url), transport: InMemoryTransport(answers: []))
        #expect((source != nil) == isAccepted)
    }
}
