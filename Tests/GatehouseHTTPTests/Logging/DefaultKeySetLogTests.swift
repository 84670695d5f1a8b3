import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import TestSupport
import Testing

@Suite("An outage of the key server is logged without an observer")
struct DefaultKeySetLogTests {
    private let handler = InMemoryLogHandler()

    init() {
        LoggedLines.keep()
    }

    private func keys(at url: String, _ observer: (any KeySetObserver)? = nil) throws -> RemoteKeySet {
        let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))
        return try RemoteKeySet(
            configuration: .init(url: url),
            transport: InMemoryTransport(answers: [broken]),
            observer: observer
        )
    }

    private func ask(_ keys: RemoteKeySet) async {
        let authenticator = JWTAuthenticator(verifier: TokenVerifier(keys: keys))
        let fields: HTTPFields = [.authorization: "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA"]
        for _ in 0..<2 {
            let answer = await authenticator.authenticate(.init(method: .get, path: "/", headerFields: fields))
            guard case .unavailable = answer else {
                Issue.record("\(answer)")
                return
            }
        }
    }

    private static func line(_ url: String) -> String {
        "gatehouse error: There is no usable key, so that no token is accepted gatehouse.keys.address=\(url) "
            + "gatehouse.keys.reason=refused"
    }

    @Test("an authenticator logs the outage of a key set without an observer, once")
    func unobserved() async throws {
        let url = "https://unobserved.example/jwks.json"
        await ask(try keys(at: url))
        #expect(LoggedLines.containing(url) == [Self.line(url)])
    }

    @Test("two authenticators of one key set log its outage once")
    func shared() async throws {
        let url = "https://shared.example/jwks.json"
        let keys = try keys(at: url)
        for _ in 0..<2 { await ask(keys) }
        #expect(LoggedLines.containing(url) == [Self.line(url)])
    }

    @Test("an outage before the authenticator was made is logged when it is made")
    func earlier() async throws {
        let url = "https://earlier.example/jwks.json"
        let keys = try keys(at: url)
        await #expect(throws: TokenError.self) { try await keys.prefetch() }
        #expect(LoggedLines.containing(url) == [])
        await ask(keys)
        #expect(LoggedLines.containing(url) == [Self.line(url)])
    }

    @Test("another observer takes the place of the default")
    func another() async throws {
        let url = "https://another.example/jwks.json"
        let handler = handler
        await ask(try keys(at: url, KeySetLog(Logger(label: "test") { _ in handler })))
        #expect(LoggedLines.containing(url) == [])
        #expect(handler.entries.map(\.level) == [.error])
    }

    @Test("a logger without output logs nothing")
    func silent() async throws {
        let url = "https://silent.example/jwks.json"
        await ask(try keys(at: url, KeySetLog(Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })))
        #expect(LoggedLines.containing(url) == [])
    }
}
