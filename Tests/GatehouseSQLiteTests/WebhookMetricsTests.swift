#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import MetricsTestKit
import Testing

struct WebhookMetricsTests {
    private struct Broken: Error {}

    @Test func `What was taken, handled and refused is counted, and what waits is measured`() async throws {
        let factory = TestMetrics()
        let sender = try await ClerkSender(configuration: .init(retry: RetrySchedule(attempts: 1)))
        let metrics = WebhookMetrics(sender.webhooks, factory: factory)
        sender.webhooks.on(.userCreated) { event, _ in
            if event.data.id == "bad" { throw Broken() }
        }
        func send(_ id: String) async throws {
            let body = ClerkSender.event("user.created", ClerkSender.user(id, updated: 1), at: 1)
            _ = try await sender.send(body, id: "m_" + id)
        }
        for id in ["a", "b", "bad", "a"] { try await send(id) }
        _ = await sender.webhooks.receive([:], body: [])
        _ = try await sender.send(bytes: Array("no JSON".utf8), id: "m_none")
        sender.clock.advance(by: .seconds(30))
        try await metrics.record()
        func meter(_ name: String) throws -> Double? { try factory.expectMeter("gatehouse.webhooks." + name).lastValue }
        #expect(try meter("pending") == 3)
        #expect(try meter("dead") == 1)
        #expect(try meter("directory_lag") == 30)
        while try await sender.webhooks.processDue() > 0 {}
        try await metrics.record()
        #expect(try meter("pending") == 0)
        #expect(try meter("dead") == 2)
        let totals = try ["stored", "repeated", "refused", "handled", "dead_letters", "failed"].map {
            try factory.expectCounter("gatehouse.webhooks." + $0).totalValue
        }
        #expect(totals == [4, 1, 1, 2, 2, 0])
    }
}
#endif
