import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import Testing

@Suite("A log tells once that keys cannot be had, why, and when they can be had again")
struct KeySetLogTests {
    let clock = ManualClock(.distantPast)
    let handler = InMemoryLogHandler()

    private func source(_ answers: InMemoryTransport.Answer...) throws -> RemoteKeySet {
        let handler = handler
        return try RemoteKeySet(
            configuration: .init(url: "https://user.example/jwks.json?key=s3cret", refreshAhead: .zero),
            transport: InMemoryTransport(answers: answers),
            clock: clock.monotonic,
            observer: KeySetLog(Logger(label: "test") { _ in handler })
        )
    }

    private static let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))

    private func lines() -> [String] {
        handler.entries.map { entry in
            let metadata = entry.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(entry.level): \(entry.message) \(metadata.joined(separator: " "))"
        }
    }

    @Test("an outage is one warning, the end of the old keys one error, and the recovery one notice")
    func outage() async throws {
        let good = InMemoryTransport.Answer.json(try KeyPair(algorithm: .es256).jwks.description)
        let source = try source(good, Self.broken, Self.broken, Self.broken, Self.broken, good)
        let keys = try await source.keys()
        #expect(lines() == [])
        let address = "gatehouse.keys.address=https://user.example/jwks.json"
        for seconds in [300, 10, 3_290, 10] {
            clock.advance(by: .seconds(seconds))
            await #expect(throws: TokenError.self) { try await source.keys(newerThan: keys) }
        }
        let warning =
            "warning: The key set cannot be loaded, and the keys of an earlier load serve on \(address) gatehouse.keys.reason=refused"
        let error =
            "error: There is no usable key, so that no token is accepted \(address) gatehouse.keys.reason=refused"
        #expect(lines() == [warning, error])
        clock.advance(by: .seconds(10))
        _ = try await source.keys()
        #expect(lines() == [warning, error, "notice: The key set is loaded again \(address)"])
    }

    @Test("a server without keys from the start is an error at once")
    func neverLoaded() async throws {
        let source = try source(Self.broken)
        await #expect(throws: TokenError.self) { try await source.prefetch() }
        #expect(handler.entries.map(\.level) == [.error])
    }

    @Test("keys that are not used are listed with their ids, ten at most, fit for a log")
    func refused() async throws {
        let good = try KeyPair(algorithm: .es256).jwk
        let bad = (0..<50).map { good.replacing(["kid": .string("\u{202E}\($0)"), "use": "enc"]) }
        let source = try source(.json(JSONValue.object([JSONMember("keys", .array([good] + bad))]).description))
        _ = try await source.keys()
        let entry = try #require(handler.entries.first)
        #expect(handler.entries.count == 1 && entry.level == .warning)
        #expect(entry.metadata["gatehouse.keys.refused.count"] == "50")
        guard case .array(let shown)? = entry.metadata["gatehouse.keys.refused"] else {
            Issue.record("no list")
            return
        }
        #expect(shown.count == 10)
        #expect("\(shown[0])" == #"key 1 “\u{202e}0”: "use" is not "sig""#)
    }
}

@Suite("A 503 for missing keys says when to ask again")
struct KeyRetryTests {
    @Test("the wait is the rest of the cooldown, in whole seconds", arguments: [(0, "10"), (4, "6"), (9, "1")])
    func retryAfter(seconds: Int, said: String) async throws {
        let clock = ManualClock(.distantPast)
        let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))
        let source = try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json"),
            transport: InMemoryTransport(answers: [broken]),
            clock: clock.monotonic
        )
        await #expect(throws: TokenError.self) { try await source.prefetch() }
        clock.advance(by: .seconds(seconds))
        let error = try #require(await #expect(throws: TokenError.self) { try await source.keys() })
        guard case .unavailable(let code, let message, let retryAfter) = Authentication(error) else {
            Issue.record("not unavailable")
            return
        }
        let request = AuthorizationRequest(HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/"))
        let reason = Rejection.Reason(code: code, message: message)
        let rejection = Refusals().unavailable(request, reason, retryAfter: retryAfter)
        #expect(rejection.response.headerFields[.retryAfter] == said)
    }
}
