#if SQLite
import FaultyFiles
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

/// Each operation on the store's files in turn fails: once or from then on, as broken or as full.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct FileFaultTests {
    /// How the operations fail.
    enum Fault: String, CaseIterable, Sendable {
        case onceBroken, stayingBroken, onceFull, stayingFull

        var stays: Bool { self == .stayingBroken || self == .stayingFull }
        var isFull: Bool { self == .onceFull || self == .stayingFull }

        func begin(at number: Int) { faulty_files_fail(number, stays ? 1 : 0, isFull ? 1 : 0) }
    }

    init() {
        #expect(faulty_files_install() == 0)
    }

    /// Sends some webhooks, runs their handlers and appends audit records; gives what was acknowledged.
    private func work(_ sender: ClerkSender, _ round: Int) async throws -> (webhooks: Set<String>, records: Set<String>)
    {
        var (webhooks, records): (Set<String>, Set<String>) = ([], [])
        for part in 0..<2 {
            let id = "m_\(round)_\(part)"
            let data = ClerkSender.user(id, email: String(repeating: "x", count: 200), updated: 1)
            let reception = try await sender.send(ClerkSender.event("user.created", data, at: 1), id: id)
            switch reception {
            case .stored, .repeated: webhooks.insert(id)
            case .unavailable(let error):
                #expect(reception.status == .serviceUnavailable)
                #expect(error.description.contains("SQLite"), "\(error)")
            default: Issue.record("\(reception)")
            }
            do {
                try await sender.records.audit.append(event: "test.event", user: id)
                try await sender.records.audit.flush()
                records.insert(id)
            } catch let error as RecordStoreError {
                #expect(error.description.contains("SQLite"), "\(error)")
            }
            do {
                try await sender.webhooks.processDue()
            } catch let error as RecordStoreError {
                #expect(error.description.contains("SQLite"), "\(error)")
            }
        }
        return (webhooks, records)
    }

    @Test(arguments: Fault.allCases)
    func `Whichever operation fails, the answer is 503, and nothing that was acknowledged is lost`(_ fault: Fault)
        async throws
    {
        let folder = try TemporaryFolder()
        faulty_files_watch(folder.path)
        defer { faulty_files_watch(nil) }
        let sender = try await ClerkSender(in: folder)
        try await sender.records.write {
            // Small checkpoints: one that fails is begun again by the next write, from its first page on.
            try $0.database.execute(sql: "PRAGMA wal_autocheckpoint = 16; CREATE TABLE effects (id TEXT NOT NULL)")
        }
        sender.webhooks.on(.userCreated) { event, database in
            try database.execute(sql: "INSERT INTO effects VALUES (?)", arguments: [event.data.id])
        }
        var (webhooks, records): (Set<String>, Set<String>) = ([], [])
        var (round, failures) = (0, 0)
        while true {
            round += 1
            fault.begin(at: round)
            let acknowledged = try await work(sender, round)
            let count = faulty_files_count()
            faulty_files_heal()
            webhooks.formUnion(acknowledged.webhooks)
            records.formUnion(acknowledged.records)
            if acknowledged.webhooks.count < 2 || acknowledged.records.count < 2 { failures += 1 }
            if count < round { break }
        }
        #expect(round > 20 && failures > 10, "\(round) \(failures)")
        // The same store goes on, and what waits is handled once.
        let healed = try await work(sender, 0)
        #expect(healed.webhooks.count == 2 && healed.records.count == 2)
        try await sender.records.audit.flush()
        for _ in 0..<3 {
            sender.clock.advance(by: .seconds(3_600))
            while try await sender.webhooks.processDue() > 0 {}
        }
        let opened = try await SQLiteRecords(path: folder.database, isReadOnly: true)
        let verifier = sender.records.audit.verifier
        let (stored, appended, effects, verified) = try await opened.read { rows in
            (
                Set(try String.fetchAll(rows.database, sql: "SELECT id FROM gatehouse_webhooks")),
                Set(
                    try String.fetchAll(
                        rows.database,
                        sql: "SELECT user FROM gatehouse_audit WHERE type = 'test.event'"
                    )
                ),
                try String.fetchAll(rows.database, sql: "SELECT id FROM effects"),
                try rows.verifyAudit(of: "gatehouse", by: verifier)
            )
        }
        #expect(webhooks.subtracting(stored) == [])
        #expect(records.subtracting(appended) == [])
        #expect(Set(effects) == stored && effects.count == stored.count)
        #expect(verified.isWhole, "\(verified)")
    }

    @Test(arguments: Fault.allCases)
    func `Whichever operation fails while a store is opened, there is an error, and then no harm`(_ fault: Fault)
        async throws
    {
        let folder = try TemporaryFolder()
        faulty_files_watch(folder.path)
        defer { faulty_files_watch(nil) }
        var (round, failures) = (0, 0)
        while true {
            round += 1
            let path = folder.file("\(round).db")
            fault.begin(at: round)
            do {
                _ = try await SQLiteRecords(path: path)
            } catch {
                failures += 1
                #expect(error is RecordStoreError, "\(round): \(error)")
            }
            let count = faulty_files_count()
            faulty_files_heal()
            let records = try await SQLiteRecords(path: path, audit: .init(durable: true))
            try await records.audit.append(event: "test.event")
            let verified = try await records.read { try $0.verifyAudit(of: "gatehouse") }
            #expect(verified.isWhole && verified.records == 1, "\(round): \(verified)")
            if count < round { break }
        }
        #expect(failures > 10, "\(round) \(failures)")
    }
}
#endif
