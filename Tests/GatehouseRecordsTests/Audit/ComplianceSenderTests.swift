import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Testing

struct ComplianceSenderTests {
    @Test func `Chosen records are sent signed, again after a failure, and become dead letters at last`() async throws {
        let clock = ManualClock(Timestamp(clampingMilliseconds: 1_700_000_000_000))
        let store = InMemoryRecords()
        let log = AuditLog(
            store,
            configuration: .init(durable: true, complianceTypes: ["user.deleted"]),
            clock: clock.wall
        )
        try await log.append(event: "user.deleted", user: "u", metadata: ["why": "asked"])
        try await log.append(event: "user.created", user: "v")
        let answers = [
            InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "nobody listens")),
            .success(HTTPTransportResponse(status: .found, headerFields: [:], body: [])),
            .success(HTTPTransportResponse(status: .noContent, headerFields: [:], body: [])),
        ]
        let transport = InMemoryTransport(answers: answers)
        let secret = try WebhookSecret.random()
        let sender = ComplianceSender(
            store,
            to: "https://siem.example/hook",
            secret: secret,
            transport: transport,
            clock: clock.wall
        )
        #expect(try await sender.sendDue() == 1)
        #expect(try await sender.sendDue() == 0)  // it backs off
        for _ in 0..<3 {
            clock.advance(by: .seconds(4))
            try await sender.sendDue()
        }
        #expect(transport.requests.count == 3)
        let last = try #require(transport.requests.last)
        let verified = try WebhookVerifier(secrets: [secret], clock: clock.wall).verify(
            last.headerFields,
            body: last.body
        )
        #expect(verified.id == "gatehouse-0")
        let body = JSONValue(try JSONDocument(parsing: last.body).root)
        #expect(body["type"] == "user.deleted")
        #expect(body["data"]?["user"] == "u")
        #expect(try await store.read { try $0.webhooks(in: .done, after: 0, limit: 10) }.count == 1)

        let refusing = InMemoryTransport(answers: [
            .success(HTTPTransportResponse(status: .badRequest, headerFields: [:], body: []))
        ])
        let once = ComplianceSender(
            store,
            to: "https://siem.example/hook",
            secret: secret,
            transport: refusing,
            retry: RetrySchedule(attempts: 1),
            clock: clock.wall
        )
        try await log.append(event: "user.deleted", user: "w")
        #expect(try await once.sendDue() == 1)
        let dead = try await store.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }
        #expect(dead.map(\.error) == ["the endpoint answered 400"])
    }
}
