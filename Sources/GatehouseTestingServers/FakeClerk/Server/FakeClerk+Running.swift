#if TestServers
import FlyingFox
import FlyingSocks
public import GatehouseBase
import GatehouseRecords
public import GatehouseTesting
public import GatehouseTokens

extension FakeClerk {
    /// The receiver of webhooks.
    public struct WebhookEndpoint: Sendable {
        /// The address.
        public var url: String
        /// The client that sends the webhooks.
        public var transport: any HTTPTransport
        /// The pauses before the further attempts. An attempt without a successful answer is followed by the next attempt.
        public var retries: [Duration]

        /// Makes an endpoint.
        ///
        /// - Parameters:
        ///   - url: The address.
        ///   - transport: The client that sends the webhooks.
        ///   - retries: The pauses before the further attempts: ``svixRetries``, or shorter pauses for a test.
        public init(url: String, transport: any HTTPTransport, retries: [Duration] = svixRetries) {
            (self.url, self.transport, self.retries) = (url, transport, retries)
        }

        /// The pauses of Svix's server, which sends Clerk's webhooks: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h (`config.default.toml`),
        /// without its jitter. The fake never disables an endpoint.
        public static let svixRetries: [Duration] = [
            .seconds(5), .seconds(300), .seconds(1_800), .seconds(7_200), .seconds(18_000), .seconds(36_000),
            .seconds(36_000),
        ]
    }

    /// Runs a fake with its own instance until the body ends.
    ///
    /// - Parameters:
    ///   - port: The port on 127.0.0.1; 0 for a free port.
    ///   - keyPair: The key pair that signs session tokens; `nil` for a new RSA key.
    ///   - clock: The clock of the fake.
    ///   - webhookEndpoint: The receiver of the webhooks; `nil` if the fake only stores them (``deliveries``).
    ///   - body: The work that uses the fake. The fake ends with the work.
    public static func run<Value: Sendable>(
        port: UInt16 = 0,
        keyPair: KeyPair? = nil,
        clock: WallClock = .system,
        webhookEndpoint: WebhookEndpoint? = nil,
        _ body: (FakeClerk) async throws -> Value
    ) async throws -> Value {
        let listener = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: port),
            timeout: 86_400,  // a shorter time would end a slow answer with an error
            logger: .disabled
        )
        let task = Task { try await listener.run() }
        defer { task.cancel() }
        try await listener.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port)? = await listener.listeningAddress else { throw SocketError.unsupportedAddress }
        let secret = try WebhookSecret.random()
        let webhooks = WebhookQueue(secret: secret, endpoint: webhookEndpoint, clock: clock)
        let fake = try FakeClerk(
            url: "http://127.0.0.1:\(port)",
            secretKey: "sk_test_fake" + String(UInt64.random(in: .min ... .max), radix: 36),
            keyPair: try keyPair ?? KeyPair(id: "fake-clerk"),
            webhookSecret: secret,
            clock: clock,
            webhooks: webhooks
        )
        await listener.appendRoute("*") { request in
            let body = Array(try await request.bodyData)
            return await fake.respond(to: FakeExchange.Request(request, body)).sent()
        }
        let delivery = Task { await webhooks.run() }
        defer { delivery.cancel() }
        return try await body(fake)
    }

    /// The signed webhooks about all changes so far, in their order.
    public var deliveries: [WebhookDelivery] { webhooks.deliveries }

    /// Waits until every webhook about a change so far has been sent once, with or without success.
    public func waitForWebhooks() async { await webhooks.waitUntilSent() }
}
#endif
