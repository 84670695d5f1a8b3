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
        let secret = try WebhookSecret.random()
        let endpoint = try ComplianceEndpoint(
            url: "https://siem.example/hook",
            secret: secret,
            types: ["user.deleted"]
        )
        let log = AuditLog(store, configuration: .init(durable: true, compliance: endpoint), clock: clock.wall)
        try await log.append(event: "user.deleted", user: "u", metadata: ["why": "asked"])
        try await log.append(event: "user.created", user: "v")
        let answers = [
            InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "nobody listens")),
            .success(HTTPTransportResponse(status: .found, headerFields: [:], body: [])),
            .success(HTTPTransportResponse(status: .noContent, headerFields: [:], body: [])),
        ]
        let transport = InMemoryTransport(answers: answers)
        let sender = ComplianceSender(store, to: endpoint, transport: transport, clock: clock.wall)
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
        let impatient = try ComplianceEndpoint(
            url: "http://127.0.0.1/hook",
            secret: secret,
            types: ["user.deleted"],
            retry: RetrySchedule(attempts: 1)
        )
        let once = ComplianceSender(store, to: impatient, transport: refusing, clock: clock.wall)
        try await log.append(event: "user.deleted", user: "w")
        #expect(try await once.sendDue() == 1)
        let dead = try await store.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }
        #expect(dead.map(\.error) == ["the endpoint answered 400"])
    }

    @Test func `Writers whose names differ in any byte have ids of their own`() async throws {
        let names = ["a.b", "ab", "a b", "a_b", "a-b", "A_2eb", "a_2eb", "é", "e\u{301}", ""]
        let store = InMemoryRecords()
        let endpoint = try ComplianceEndpoint(url: "https://siem.example", secret: .random(), types: ["t"])
        for name in names {
            let log = AuditLog(store, writer: name, configuration: .init(durable: true, compliance: endpoint))
            try await log.append(event: "t")
        }
        let ids = try await store.read { try $0.webhooks(in: nil, after: 0, limit: 100).map(\.id) }
        #expect(Set(ids).count == names.count)
        #expect(ids.allSatisfy { $0.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 > 0x20 && $0 < 0x7F } })
    }

    @Test(arguments: [
        "http://siem.example/hook", "https://user@siem.example", "ftp://siem.example", "siem.example", "",
    ])
    func `An endpoint is https, or this machine`(_ url: String) throws {
        let secret = try WebhookSecret.random()
        let error = #expect(throws: SettingError.self) {
            try ComplianceEndpoint(url: url, secret: secret, types: ["user.deleted"])
        }
        #expect(error?.setting == "url")
        #expect(throws: SettingError.self) {
            try ComplianceEndpoint(url: "https://a.example", secret: secret, types: [])
        }
    }
}
