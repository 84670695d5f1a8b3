#if TestServers && AsyncHTTPClient
import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import GatehouseTestingServers
import GatehouseTokens
import HTTPTypes
import Synchronization
import Testing

@testable import GatehouseClerk

@Suite("The fake Clerk's webhooks", .timeLimit(.minutes(1)))
struct FakeWebhookTests {
    /// A receiver that answers these statuses to the attempts of the first message (`nil` if it cannot be reached), the last of them ever after,
    /// and takes all other messages; and the requests that came.
    private static func receiver(_ statuses: [Int?]) -> (InMemoryTransport, AsyncStream<HTTPTransportRequest>) {
        let (came, add) = AsyncStream.makeStream(of: HTTPTransportRequest.self)
        let attempts = Mutex(0)
        let transport = InMemoryTransport { request, _ in
            add.yield(request)
            guard request.headerFields[.svixID] == "msg_1" else { return RetryTests.answer(200) }
            let place = attempts.withLock { attempts in
                defer { attempts += 1 }
                return min(attempts, statuses.count - 1)
            }
            guard let status = statuses[place] else {
                return .failure(HTTPTransportError(.notConnected, "nobody listens"))
            }
            return RetryTests.answer(status, "", [.location: "https://elsewhere.example/"])
        }
        return (transport, came)
    }

    /// The next requests.
    private static func next(_ count: Int, of came: AsyncStream<HTTPTransportRequest>) async -> [HTTPTransportRequest] {
        var requests: [HTTPTransportRequest] = []
        for await request in came {
            requests.append(request)
            if requests.count == count { break }
        }
        return requests
    }

    private static func run<Value: Sendable>(
        _ receiver: InMemoryTransport,
        retries: [Duration],
        _ body: (FakeClerk, ClerkClient) async throws -> Value
    ) async throws -> Value {
        let endpoint = FakeClerk.WebhookEndpoint(
            url: "https://receiver.example/webhooks",
            transport: receiver,
            retries: retries
        )
        return try await FakeClerk.run(keyPair: try fakeKeyPair.get(), webhookEndpoint: endpoint) { fake in
            try await withClient(of: fake) { clerk in try await body(fake, clerk) }
        }
    }

    @Test("a message is sent again until it is taken, signed anew under the same id, and holds no other back")
    func retries() async throws {
        let (receiver, came) = Self.receiver([500, nil, 302, 204])
        try await Self.run(receiver, retries: [.zero, .zero, .zero, .zero]) { fake, clerk in
            _ = try await clerk.organizations.create(name: "Acme")
            _ = try await clerk.organizations.create(name: "Other")
            let requests = await Self.next(5, of: came)
            await fake.waitForWebhooks()
            let verifier = try WebhookVerifier(secrets: [fake.webhookSecret])
            for request in requests {
                #expect(request.method == .post)
                #expect(request.url == "https://receiver.example/webhooks")
                let webhook = try verifier.verify(request.headerFields, body: request.body)
                #expect(["msg_1", "msg_2"].contains(webhook.id))
                var changed = request.body
                changed[changed.count - 2] ^= 1
                #expect(throws: WebhookSignatureError.self) {
                    try verifier.verify(request.headerFields, body: changed)
                }
            }
            let first = requests.filter { $0.headerFields[.svixID] == "msg_1" }
            #expect(first.count == 4)
            #expect(Set(first.map(\.body)).count == 1)
            #expect(requests.count { $0.headerFields[.svixID] == "msg_2" } == 1)
            let event = JSONValue(try JSONDocument(parsing: first[0].body).root)
            #expect(event["type"] == "organization.created")
            #expect(event["data"]?["name"] == "Acme")
        }
    }

    @Test("a message that nobody takes is given up after the last pause")
    func givenUp() async throws {
        let (receiver, came) = Self.receiver([500])
        try await Self.run(receiver, retries: [.zero, .zero]) { fake, clerk in
            _ = try await clerk.organizations.create(name: "Acme")
            let requests = await Self.next(3, of: came)
            #expect(requests.allSatisfy { $0.headerFields[.svixID] == "msg_1" })
            #expect(fake.deliveries.first?.attempts == 3)
            _ = try await clerk.organizations.create(name: "Other")
            #expect(await Self.next(1, of: came).first?.headerFields[.svixID] == "msg_2")
            #expect(receiver.requests.count == 4)
        }
    }

    @Test("the pauses are Svix's: 27 hours and 35 minutes in all")
    func pauses() {
        let pauses = FakeClerk.WebhookEndpoint.svixRetries
        #expect(pauses.count == 7)
        #expect(pauses.first == .seconds(5))
        #expect(pauses.reduce(.zero, +) == .seconds(99_305))
    }

    @Test("a webhook of the fake goes through Clerk's own receiver")
    func received() async throws {
        let (receiver, came) = Self.receiver([200])
        try await Self.run(receiver, retries: []) { fake, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme")
            let request = try #require(await Self.next(1, of: came).first)
            let webhook = try WebhookVerifier(secrets: [fake.webhookSecret]).verify(
                request.headerFields,
                body: request.body
            )
            let event = try ClerkWebhookSource().event(request.body, id: webhook.id, received: webhook.timestamp)
            #expect(event.object == "organization:\(tenant.id)")
            #expect(event.changes.count == 1)
        }
    }
}

extension HTTPField.Name {
    fileprivate static let svixID = HTTPField.Name("svix-id") ?? .accept
}
#endif
