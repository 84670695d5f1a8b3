import GatehouseClerk
import GatehouseTesting
import InMemoryLogging
import Logging
import TestSupport
import Testing

@Suite("Beside a server a Clerk authenticator loads its keys at the start", .timeLimit(.minutes(1)))
struct ClerkServiceTests {
    private let handler = InMemoryLogHandler()

    /// Runs an authenticator until something holds, and gives what was logged.
    private func log(
        _ transport: InMemoryTransport,
        until isReached: (ClerkAuthenticator) async -> Bool
    ) async throws -> [InMemoryLogHandler.Entry] {
        let handler = handler
        let clerk = try ClerkAuthenticator(
            publishableKey: "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k",
            authorizedParties: ["https://app.example.com"],
            transport: transport,
            logger: Logger(label: "test") { _ in handler }
        )
        let service = Task { try await clerk.run() }
        try await eventually(equals: true) { await isReached(clerk) }
        service.cancel()
        try await service.value
        return handler.entries
    }

    @Test("a service whose keys come logs nothing")
    func works() async throws {
        let transport = InMemoryTransport(answers: [.json(try KeyPair().jwks.description)])
        #expect(try await log(transport) { _ in !transport.requests.isEmpty }.isEmpty)
    }

    @Test("a service whose keys cannot be had logs one error with address and reason")
    func fails() async throws {
        let refused = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "connection refused"))
        let handler = handler
        let entries = try await log(InMemoryTransport(answers: [refused])) { clerk in
            // Requests that come meanwhile say nothing more.
            let fields: HTTPFields = [.authorization: "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA"]
            _ = await clerk.authenticate(AuthorizationRequest(method: .get, path: "/", headerFields: fields))
            return !handler.entries.isEmpty
        }
        #expect(entries.map(\.level) == [.error])
        let metadata = try #require(entries.first).metadata
        #expect(metadata["gatehouse.keys.address"] == "https://clerk.example.com/.well-known/jwks.json")
        #expect(metadata["gatehouse.keys.reason"] == "connection refused")
    }

    @Test("an authenticator of keys that cannot be had logs one error, without an observer")
    func withoutObserver() async throws {
        LoggedLines.keep()
        let url = "https://clerk-keys.example/jwks.json"
        let refused = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "connection refused"))
        let keys = try RemoteKeySet(configuration: .init(url: url), transport: InMemoryTransport(answers: [refused]))
        let clerk = try ClerkAuthenticator(keys: keys)
        let fields: HTTPFields = [.authorization: "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA"]
        for _ in 0..<2 {
            _ = await clerk.authenticate(AuthorizationRequest(method: .get, path: "/", headerFields: fields))
        }
        #expect(
            LoggedLines.containing(url) == [
                "gatehouse error: There is no usable key, so that no token is accepted gatehouse.keys.address=\(url) "
                    + "gatehouse.keys.reason=connection refused"
            ]
        )
    }

    @Test("a service whose keys never change waits until its task is cancelled")
    func fixedKeys() async throws {
        let clerk = try ClerkAuthenticator(keys: try KeyPair().keySet)
        let service = Task { try await clerk.run() }
        service.cancel()
        try await service.value
    }
}
