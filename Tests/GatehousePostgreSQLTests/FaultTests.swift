#if PostgreSQL
import Foundation
import GatehouseBase
import GatehouseClerk
import GatehousePostgreSQL
import GatehouseTesting
import Testing

/// How far the messages are apart that are lost: `make test-long` loses each. Five are no multiple of what a statement is sent in.
private let stride = ProcessInfo.processInfo.environment["GATEHOUSE_ROUNDS"] == nil ? 5 : 1

/// The connection breaks at each message in turn that a node sends: before the server has it, or before its answer is back; once, or from then on.
@Suite(
    "Faults between a node and PostgreSQL",
    .serialized,
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(5))
)
struct FaultTests {
    enum Fault: String, CaseIterable, Sendable {
        case questionOnce, answerOnce, questionFromThenOn, answerFromThenOn

        func cut(at message: Int) -> LoopbackProxy.Cut {
            LoopbackProxy.Cut(
                message: message,
                arrives: self == .answerOnce || self == .answerFromThenOn,
                stays: self == .questionFromThenOn || self == .answerFromThenOn
            )
        }
    }

    private static let start = Timestamp(clampingMilliseconds: 1_700_000_000_000)

    /// An address through a proxy, on which the first message is the node's own.
    private func address(_ server: PostgreSQLServer, _ name: String, _ proxy: LoopbackProxy, schema: String = "public")
        -> String
    {
        server.url(name, port: proxy.port) + "?sslmode=disable&gssencmode=disable&options=-csearch_path%3D\(schema)"
    }

    /// Sends some webhooks, runs their handlers and appends audit records; gives what was acknowledged.
    private func work(_ node: WebhookTests.Node, _ round: Int) async throws -> (
        webhooks: Set<String>, records: Set<String>
    ) {
        var (webhooks, records): (Set<String>, Set<String>) = ([], [])
        for part in 0..<2 {
            let id = "m_\(round)_\(part)"
            let reception = try await node.send("user.created", WebhookTests.user(id, updated: 1), at: 1, id: id)
            switch reception {
            case .stored, .repeated: webhooks.insert(id)
            case .unavailable(let error):
                #expect(reception.status == .serviceUnavailable)
                #expect(error.description.contains("PostgreSQL"), "\(error)")
            default: Issue.record("\(reception)")
            }
            do {
                try await node.records.audit.append(event: "test.event", user: id)
                try await node.records.audit.flush()
                records.insert(id)
            } catch let error as RecordStoreError {
                #expect(error.description.contains("PostgreSQL"), "\(error)")
            }
            do {
                try await node.webhooks.processDue()
            } catch let error as RecordStoreError {
                #expect(error.description.contains("PostgreSQL"), "\(error)")
            }
        }
        return (webhooks, records)
    }

    @Test(
        "whichever message is lost, the answer is 503, and nothing acknowledged is lost or done twice",
        arguments: Fault.allCases
    )
    func working(_ fault: Fault) async throws {
        let server = try PostgreSQLServer.shared.get()
        let name = String(try server.database().split(separator: "/").last ?? "")
        let proxy = try LoopbackProxy(to: server.port)
        defer { proxy.close() }
        let clock = ManualClock(Self.start)
        let node = try await WebhookTests.Node(address(server, name, proxy), "one", clock: clock.wall)
        try await node.records.write { rows in
            _ = try rows.database.execute("CREATE TABLE effects (id TEXT NOT NULL)")
        }
        node.webhooks.on(.userCreated) { event, database in
            try database.execute("INSERT INTO effects VALUES ($1)", [.text(event.data.id)])
        }
        var (webhooks, records): (Set<String>, Set<String>) = ([], [])
        var (round, failures) = (0, 0)
        while true {
            try Task.checkCancellation()
            round += stride
            proxy.cut(fault.cut(at: round))
            let acknowledged = try await work(node, round)
            let count = proxy.messages
            proxy.cut(nil)
            webhooks.formUnion(acknowledged.webhooks)
            records.formUnion(acknowledged.records)
            if acknowledged.webhooks.count < 2 || acknowledged.records.count < 2 { failures += 1 }
            if count < round { break }
        }
        #expect(round > 20 && failures * stride > 10, "\(round) \(failures)")
        // The same store goes on, and what waits is handled once.
        let healed = try await work(node, 0)
        #expect(healed.webhooks.count == 2 && healed.records.count == 2)
        try await node.records.audit.flush()
        for _ in 0..<3 {
            clock.advance(by: .seconds(3_600))
            while try await node.webhooks.processDue() > 0 {}
        }
        let verifier = node.records.audit.verifier
        let (stored, appended, effects, verified) = try await node.records.read { rows in
            (
                Set(try rows.database.rows("SELECT id FROM gatehouse_webhooks").map { try $0.text(0) }),
                try rows.database.rows("SELECT member FROM gatehouse_audit WHERE type = 'test.event'").map {
                    try $0.text(0)
                },
                try rows.database.rows("SELECT id FROM effects").map { try $0.text(0) },
                try rows.verifyAudit(of: "one", by: verifier)
            )
        }
        #expect(webhooks.subtracting(stored) == [])
        #expect(records.subtracting(appended) == [])
        #expect(Set(appended).count == appended.count)
        #expect(Set(effects) == stored && effects.count == stored.count)
        #expect(verified.isWhole, "\(verified)")
    }

    @Test(
        "whichever message is lost while a store is opened, there is an error, and then no harm",
        arguments: Fault.allCases
    )
    func opening(_ fault: Fault) async throws {
        let server = try PostgreSQLServer.shared.get()
        let name = String(try server.database().split(separator: "/").last ?? "")
        let proxy = try LoopbackProxy(to: server.port)
        defer { proxy.close() }
        var (round, failures) = (0, 0)
        while true {
            try Task.checkCancellation()
            round += stride
            let schema = "s\(round)"
            try server.sql("CREATE SCHEMA \(schema)", in: name)
            let url = address(server, name, proxy, schema: schema)
            proxy.cut(fault.cut(at: round))
            do {
                _ = try await PostgreSQLRecords(url: url)
            } catch {
                failures += 1
                #expect(error is RecordStoreError, "\(round): \(error)")
            }
            let count = proxy.messages
            proxy.cut(nil)
            let records = try await PostgreSQLRecords(url: url, audit: .init(durable: true))
            try await records.audit.append(event: "test.event")
            let verified = try await records.read { try $0.verifyAudit(of: "gatehouse") }
            #expect(verified.isWhole && verified.records == 1, "\(round): \(verified)")
            if count < round { break }
        }
        #expect(failures * stride > 10, "\(round) \(failures)")
    }
}
#endif
