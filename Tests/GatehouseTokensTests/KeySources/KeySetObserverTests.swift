import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Synchronization
import Testing

@Suite("An observer is told each change of a key set once")
struct KeySetObserverTests {
    final class Observer: KeySetObserver {
        private let heard = Mutex<[String]>([])

        /// The events since this was asked last.
        func takeHeard() -> [String] {
            heard.withLock { heard in
                defer { heard = [] }
                return heard
            }
        }

        func keySet(at address: String, became state: KeySetState) {
            heard.withLock { $0.append("\(address) \(state)") }
        }
        func keySet(at address: String, refused keys: [KeySet.Refusal]) {
            heard.withLock { $0.append("\(address) \(keys)") }
        }
        func keySet(at address: String, tookToLoad time: Duration) {
            heard.withLock { $0.append("\(address) \(time)") }
        }
    }

    static let address = "https://issuer.example/jwks.json"

    let clock = ManualClock(.distantPast)
    let observer = Observer()
    let jwk: JSONValue

    init() throws {
        jwk = try SameKeyIDTests.keys.get().p256.jwk
    }

    private func set(_ jwks: JSONValue...) -> InMemoryTransport.Answer {
        .json(JSONValue.object([JSONMember("keys", .array(jwks))]).description)
    }

    private func source(_ answer: @escaping @Sendable (Int) -> InMemoryTransport.Answer) throws -> RemoteKeySet {
        try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json?token=s3cret#s3cret", refreshAhead: .zero),
            transport: InMemoryTransport { _, number in answer(number) },
            clock: clock.monotonic,
            observer: observer
        )
    }

    private func source(_ answers: InMemoryTransport.Answer...) throws -> RemoteKeySet {
        try source { answers[min($0, answers.count - 1)] }
    }

    private static let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))

    @Test("a set without a usable key is told as unusable from the start, and only once")
    func withoutUsableKey() async throws {
        let source = try source(set(jwk.replacing(["use": "enc"])), set(), Self.broken, set(jwk))
        let error = await #expect(throws: TokenError.self) { try await source.prefetch() }
        #expect(
            error?.message
                == "the key set at \(Self.address) could not be loaded: it has no usable key (key 0 “k”: \"use\" is not \"sig\")"
        )
        #expect(observer.takeHeard().count == 2)
        for _ in 0..<2 {
            clock.advance(by: .seconds(400))
            _ = try? await source.keys(newerThan: try await source.keys())
            #expect(observer.takeHeard() == [])
        }
        clock.advance(by: .seconds(400))
        _ = try await source.keys(newerThan: try await source.keys())
        #expect(observer.takeHeard() == ["\(Self.address) loaded"])
    }

    @Test("left-out keys are told again only where they have changed")
    func refused() async throws {
        let weak = jwk.replacing(["kid": "weak", "x": "AA"])
        let source = try source(set(jwk, weak), set(jwk, weak), set(jwk), set(jwk, weak))
        var keys = try await source.keys()
        var heard: [Int] = [observer.takeHeard().count]
        for _ in 0..<3 {
            clock.advance(by: .seconds(10))
            keys = try #require(try await source.keys(newerThan: keys))
            heard.append(observer.takeHeard().count)
        }
        #expect(heard == [1, 0, 0, 1])
        #expect(keys.refused.map(\.id) == ["weak"])
    }

    @Test(
        "a load that takes more than half of its time is slow",
        arguments: [(2_500, []), (2_501, ["\(address) 2.501 seconds"])]
    )
    func slow(milliseconds: Int, expected: [String]) async throws {
        let answer = set(jwk)
        let source = try source { [clock] _ in
            clock.advance(by: .milliseconds(milliseconds))
            return answer
        }
        _ = try await source.keys()
        #expect(observer.takeHeard() == expected)
    }

    @Test("an observer that comes later is told of the last load, and then of each change")
    func later() async throws {
        let weak = jwk.replacing(["kid": "weak", "x": "AA"])
        let transport = InMemoryTransport(answers: [set(jwk, weak), Self.broken, set(jwk, weak)])
        let source = try RemoteKeySet(
            configuration: .init(url: Self.address, refreshAhead: .zero),
            transport: transport,
            clock: clock.monotonic
        )
        let keys = try await source.keys()
        source.observe(by: observer)
        let heard = observer.takeHeard()
        #expect(heard.count == 1 && heard[0].contains("weak"))
        let second = Observer()
        source.observe(by: second)
        clock.advance(by: .seconds(400))
        _ = try? await source.keys(newerThan: keys)
        #expect(observer.takeHeard() == ["\(Self.address) stale(reason: \"refused\")"])
        clock.advance(by: .seconds(400))
        _ = try await source.keys(newerThan: keys)
        #expect(observer.takeHeard() == ["\(Self.address) loaded"])
        #expect(second.takeHeard() == [])
    }

    @Test("an observer that comes before the first load is told nothing at once")
    func beforeTheFirstLoad() async throws {
        let transport = InMemoryTransport(answers: [Self.broken])
        let source = try RemoteKeySet(
            configuration: .init(url: Self.address),
            transport: transport,
            clock: clock.monotonic
        )
        source.observe(by: observer)
        #expect(observer.takeHeard() == [])
        _ = try? await source.keys()
        #expect(observer.takeHeard() == ["\(Self.address) unusable(reason: \"refused\")"])
    }

    @Test("the message of a failed load names the address without its secrets")
    func message() async throws {
        let error = try #require(await #expect(throws: TokenError.self) { try await source(Self.broken).keys() })
        #expect(error.message == "the key set at \(Self.address) could not be loaded: refused")
        #expect(error.retryAfter == .seconds(10))
        #expect(observer.takeHeard() == ["\(Self.address) unusable(reason: \"refused\")"])
    }
}
