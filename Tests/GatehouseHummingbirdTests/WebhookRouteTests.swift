#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("The route of webhooks")
struct WebhookRouteTests {
    private static let limit = 1 << 20
    private static let now = Timestamp(clampingMilliseconds: 1_700_000_000_000)

    /// A store that takes nothing.
    private struct FullStore: RecordStore {
        let inner = InMemoryRecords()

        func read<Result: Sendable>(
            _ body: @escaping @Sendable (InMemoryRecords.Transaction) throws -> Result
        ) async throws -> Result { try await inner.read(body) }

        func write<Result: Sendable>(
            _ body: @escaping @Sendable (InMemoryRecords.Transaction) throws -> Result
        ) async throws -> Result { throw RecordStoreError(.unavailable, "no room", retryAfter: .seconds(7)) }
    }

    private let secret: WebhookSecret

    init() throws {
        secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    private func application(_ store: some RecordStore) throws -> some ApplicationProtocol {
        let clock = WallClock { Self.now }
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), issuer: "https://i", clock: clock)
        let webhooks = try ClerkWebhooks(store, secrets: [secret.text], authorizer: authorizer, clock: clock)
        let router = Router()
        router.on("webhooks/clerk", method: .post) { request, _ in await webhooks.response(to: request) }
        router.on("webhooks/clerk", method: .get) { request, _ in await webhooks.response(to: request) }
        return Application(router: router)
    }

    /// An event of exactly so many bytes.
    private func event(_ count: Int) -> [UInt8] {
        let (head, tail) = (#"{"type":"user.created","object":"event","data":{"id":"user_1","bio":""#, #""}}"#)
        return Array((head + String(repeating: "x", count: count - head.utf8.count - tail.utf8.count) + tail).utf8)
    }

    private func status(
        _ client: any TestClientProtocol,
        _ body: [UInt8],
        id: String = "msg_1",
        method: HTTPRequest.Method = .post,
        isSigned: Bool = true
    ) async throws -> (status: Int, retryAfter: String?) {
        let fields =
            isSigned ? try WebhookSigner(secret).headerFields(id: id, at: Self.now, body: body, names: .svix) : [:]
        return try await client.execute(
            uri: "/webhooks/clerk",
            method: method,
            headers: fields,
            body: ByteBuffer(bytes: body)
        ) { response in
            #expect(response.headers[.cacheControl] == "no-store")
            return (response.status.code, response.headers[.retryAfter])
        }
    }

    @Test("the route takes bodies up to its limit, and refuses larger ones", arguments: [TestingSetup.router, .live])
    func bodies(setup: TestingSetup) async throws {
        let store = InMemoryRecords()
        try await application(store).test(setup) { (client: any TestClientProtocol) async throws -> Void in
            for (index, count) in [1_000, 20_000, 100_000, Self.limit].enumerated() {
                let body = event(count)
                #expect(try await status(client, body, id: "msg_\(index)").status == 200)
                #expect(try await store.read { try $0.webhook(source: "clerk", id: "msg_\(index)") }?.body == body)
            }
            #expect(try await status(client, event(Self.limit + 1), id: "msg_large").status == 413)
        }
        #expect(try await store.read { try $0.webhooks(in: nil, after: 0, limit: 10) }.count == 4)
    }

    @Test("the route refuses another method and a missing signature, and answers 503 where nothing is stored")
    func refusals() async throws {
        try await application(InMemoryRecords()).test(.router) {
            (client: any TestClientProtocol) async throws -> Void in
            #expect(try await status(client, event(1_000), method: .get).status == 405)
            #expect(try await status(client, event(1_000), isSigned: false).status == 400)
        }
        try await application(FullStore()).test(.router) { (client: any TestClientProtocol) async throws -> Void in
            let answer = try await status(client, event(1_000))
            #expect(answer.status == 503 && answer.retryAfter == "7")
        }
    }
}
#endif
