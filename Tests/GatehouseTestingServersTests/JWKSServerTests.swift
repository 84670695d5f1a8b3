#if TestServers && AsyncHTTPClient
import GatehouseAsyncHTTPClient
import GatehouseBase
import GatehouseTestingServers
import GatehouseTokens
import Testing

@Suite("Keys from a server that rotates, stalls, fails and lies, over real HTTP")
struct JWKSServerTests {
    static let pairs = Result { try (0..<12).map { try KeyPair(id: "key-\($0)", algorithm: .es256) } }

    let pairs: [KeyPair]
    let clock = ManualClock(.distantPast.advanced(by: .seconds(63_900_000_000)))

    init() throws {
        pairs = try Self.pairs.get()
    }

    /// A verifier whose keys come from the server, and which asks it as the configuration says by default, but gives up
    /// after `deadline`.
    private func run<Value: Sendable>(
        deadline: Duration = .seconds(60),
        _ body: (JWKSServer, TokenVerifier) async throws -> Value
    ) async throws -> Value {
        try await JWKSServer.run(publishing: [pairs[0]]) { server in
            let transport = AsyncHTTPClientTransport()
            let keys = try RemoteKeySet(
                configuration: .init(url: server.url, deadline: deadline),
                transport: transport,
                clock: clock.monotonic
            )
            let configuration = TokenVerifier.Configuration(algorithms: [.es256], rememberedTokens: 0)
            let verifier = try TokenVerifier(keys: keys, configuration: configuration, clock: clock.wall)
            let value = try await body(server, verifier)
            try await transport.shutdown()
            return value
        }
    }

    private func token(_ pair: KeyPair, kid: String? = nil) throws -> String {
        let minter = TokenMinter(keyPair: pair)
        let claims = TokenMinter.claims(subject: "user_1", at: clock.now, lifetime: .seconds(86_400))
        return try minter.token(
            claims: claims,
            header: minter.header.replacing(kid.map { ["kid": .string($0)] } ?? [:])
        )
    }

    @Test("keys rotate under load without one refusal")
    func rotation() async throws {
        let clients = 8
        let progress = Progress(token: try token(pairs[0]))
        try await run { server, verifier in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<clients {
                    group.addTask {
                        while let token = progress.token {
                            progress.note(await verifier.refusal(of: token), of: token)
                            await Task.yield()
                        }
                    }
                }
                for (old, new) in zip(pairs, pairs.dropFirst()) {
                    await progress.waitForVerifications(20 * clients)
                    server.publish([old, new])
                    clock.advance(by: .seconds(10))
                    progress.start(with: try token(new))
                }
                await progress.waitForVerifications(20 * clients)
                progress.end()
                try await group.waitForAll()
            }
            #expect(progress.refusals == [])
            #expect(server.requestCount == pairs.count)
        }
    }

    @Test("an outage of an hour refuses nobody, and costs at most one request per cooldown")
    func outage() async throws {
        try await run { server, verifier in
            let token = try token(pairs[0])
            #expect(await verifier.refusal(of: token) == nil)
            server.answer(.text("", status: 503))  // with a body, each would wait for a delayed acknowledgement
            for second in 1..<3_600 {
                clock.advance(by: .seconds(1))
                guard await verifier.refusal(of: token) == nil else {
                    Issue.record("refused after \(second) seconds")
                    return
                }
                if second == 300 { await server.waitForRequests(2) }  // nobody else waits for one
            }
            #expect((2...361).contains(server.requestCount))
            clock.advance(by: .seconds(1))
            #expect(await verifier.refusal(of: token)?.code == .remoteKeysFailedToLoad)
            server.publish([pairs[0]])
            clock.advance(by: .seconds(10))
            #expect(await verifier.refusal(of: token) == nil)
        }
    }

    @Test("ten thousand unknown key ids cost one request per cooldown")
    func unknownKeys() async throws {
        try await run { server, verifier in
            let known = try token(pairs[0])
            #expect(await verifier.refusal(of: known) == nil)
            // The signature is never looked at.
            let parts = known.split(separator: ".")
            for cooldown in 1...4 {
                clock.advance(by: .seconds(10))
                let reasons = await withTaskGroup(of: TokenError.Code?.self) { group in
                    for number in 0..<2_500 {
                        let header: JSONValue = ["alg": "ES256", "kid": .string("unknown-\(cooldown)-\(number)")]
                        let token = "\(Base64URL.encode(header.utf8)).\(parts[1]).\(parts[2])"
                        group.addTask { await verifier.refusal(of: token)?.code }
                    }
                    return await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(reasons == [.keyMismatch])
                #expect(server.requestCount == 1 + cooldown)
            }
        }
    }

    @Test("callers that miss the keys at once wait for one request, and no cancellation ends it")
    func concurrentMisses() async throws {
        try await run { server, verifier in
            server.answer(.stall)
            let token = try token(pairs[0])
            let first = Task { await verifier.refusal(of: token) }
            await server.waitForRequests(1)
            let others = (0..<100).map { _ in Task { await verifier.refusal(of: token) } }
            first.cancel()
            #expect(server.requestCount == 1)
            server.release(.keys([pairs[0]]))
            for task in others + [first] { #expect(await task.value == nil) }
            #expect(server.requestCount == 1)
        }
    }

    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: JWKSServer.Answer
    }

    static let lies = [
        Lie(testDescription: "a server error", answer: .text(#"{"keys":[]}"#, status: 500)),
        Lie(testDescription: "no content", answer: .text("", status: 204)),
        Lie(testDescription: "a page", answer: .text("<html>")),
        Lie(testDescription: "a truncated set", answer: .text(#"{"keys":[{"kty":"EC""#)),
        Lie(testDescription: "an empty set", answer: .text(#"{"keys":[]}"#)),
        Lie(testDescription: "another object", answer: .text(#"{"error":"keys"}"#)),
        Lie(testDescription: "no answer", answer: .stall),
        Lie(testDescription: "a drip", answer: .drip(every: .milliseconds(5))),
        Lie(testDescription: "a body of 1 GB", answer: .flood(byteCount: 1 << 30)),
    ]

    @Test("a bad answer takes nothing from a good set", arguments: lies)
    func lie(lie: Lie) async throws {
        try await run(deadline: .seconds(2)) { server, verifier in
            let token = try token(pairs[0])
            #expect(await verifier.refusal(of: token) == nil)
            clock.advance(by: .seconds(300))
            server.answer(lie.answer)
            for _ in 0..<3 { #expect(await verifier.refusal(of: token) == nil) }
            await server.waitForRequests(2)
            clock.advance(by: .seconds(3_300))
            #expect(await verifier.refusal(of: token)?.code == .remoteKeysFailedToLoad)
        }
    }

    @Test("a redirect is not followed, not even to good keys")
    func redirect() async throws {
        try await JWKSServer.run(publishing: [pairs[0]]) { other in
            try await run { server, verifier in
                let token = try token(pairs[0])
                server.answer(.redirect(to: other.url))
                #expect(await verifier.refusal(of: token)?.code == .remoteKeysFailedToLoad)
                #expect(server.requestCount == 1)
                #expect(other.requestCount == 0)
            }
        }
    }

    @Test("an answer says how long it is good, within bounds", arguments: [(0, 60), (120, 120), (86_400, 900)])
    func maximumAge(said: Int, isKept: Int) async throws {
        try await run { server, verifier in
            server.answer(.keys([pairs[0]], maximumAge: said))
            let token = try token(pairs[0])
            #expect(await verifier.refusal(of: token) == nil)
            server.answer(.stall)
            // A load ahead of time is started by then, and nobody waits for it.
            clock.advance(by: .seconds(isKept - 1))
            #expect(await verifier.refusal(of: token) == nil)
            await server.waitForRequests(2)
            clock.advance(by: .seconds(1))
            let waiting = Task { await verifier.refusal(of: token) }
            server.release(.keys([pairs[0]]))
            #expect(await waiting.value == nil)
        }
    }
}
#endif
