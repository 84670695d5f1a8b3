#if TestServers && AsyncHTTPClient
import FlyingFox
import FlyingSocks
import GatehouseAsyncHTTPClient
import GatehouseClerk
import HTTPTypes
import Testing

@Suite("The front door of any other host")
struct OtherHostTests {
    private let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer()
    }

    /// Runs a server on a free port of loopback for as long as the body takes.
    private func running(_ server: FlyingFox.HTTPServer, _ body: (Sender) async throws -> Void) async throws {
        let task = Task { try await server.run() }
        defer { task.cancel() }
        try await server.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port)? = await server.listeningAddress else {
            Issue.record("the server has no port")
            return
        }
        let transport = AsyncHTTPClientTransport()
        let outcome: Result<Void, any Error>
        do {
            try await body { expectation in
                try await transport.send(
                    HTTPTransportRequest(
                        method: HTTPRequest.Method(expectation.method) ?? .get,
                        url: "http://127.0.0.1:\(port)\(expectation.path)",
                        headerFields: expectation.token.map { [.authorization: "Bearer \($0)"] } ?? [:],
                        deadline: .seconds(60),
                        maximumResponseByteCount: 65_536
                    )
                ).status.code
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await transport.shutdown()
        try outcome.get()
    }

    @Test("a gate guards the routes of another host")
    func gate() async throws {
        let policy = Policy { Role("org:member") { Grants("org:invoices:read") } }
        let authorizer = Authorizer(engine: try PolicyEngine(policy))
        let (member, other) = (try issuer.token(), try issuer.token(role: "guest"))
        let expectations = [
            Expectation("GET /health", nil, 200),
            Expectation("GET /health", "the application's own", 200),
            Expectation("GET /invoices", nil, 401),
            Expectation("GET /invoices", "no.such.token", 401),
            Expectation("GET /invoices", other, 403),
            Expectation("GET /invoices", member, 200),
            Expectation("GET /forgotten", nil, 401),
            Expectation("GET /forgotten", member, 403),
            Expectation("GET /nowhere", member, 404),
        ]
        let gate = Gate(try issuer.clerk(), authorizer)
        try await running(try makeOtherHost(gate)) { send in
            try await expectations.expectFulfilled(by: send)
        }
        try await running(try makeOtherHost(Gate(try issuer.clerk(isReachable: false), authorizer))) { send in
            try await [Expectation("GET /invoices", member, 503)].expectFulfilled(by: send)
        }
        try await running(try makeOtherHost(gate, isGuarded: false)) { send in
            let unfulfilled = try await expectations.unfulfilled(send)
            #expect(unfulfilled.count == 5)
        }
    }
}
#endif
