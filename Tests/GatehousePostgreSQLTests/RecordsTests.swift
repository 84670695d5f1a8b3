#if PostgreSQL
import Foundation
import Gatehouse
import GatehouseBase
import GatehousePostgreSQL
import GatehouseTesting
import Testing

@Suite("Records in PostgreSQL", .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing))
struct RecordsTests {
    private struct Failure: Error {}

    private func records(_ url: String, node: String = "one") async throws -> PostgreSQLRecords {
        try await PostgreSQLRecords(url: url, node: node)
    }

    @Test("random transactions leave the same records as in memory", arguments: UInt64(1)...10)
    func conformance(seed: UInt64) async throws {
        let server = try PostgreSQLServer.shared.get()
        let records = try await records(try server.database())
        // A store is not empty: it keeps the key of its checkpoints.
        let violations = try await RecordStoreConformance.violations(of: records, seed: seed)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(
        "changes of the directory end in the same records, in whatever order they arrive",
        arguments: UInt64(1)...10
    )
    func orders(seed: UInt64) async throws {
        let records = try await records(try PostgreSQLServer.shared.get().database())
        let violations = try await DirectoryOrderConformance.violations(of: records, seed: seed)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test("assigned roles keep the rules of every membership store")
    func memberships() async throws {
        let records = try await records(try PostgreSQLServer.shared.get().database())
        let store = records.memberships(issuer: "https://i")
        #expect(await MembershipConformance.violations(of: store, issuer: "https://i") == [])
    }

    @Test("ten nodes at once make the tables of an empty database once")
    func migrations() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 { group.addTask { _ = try await records(url, node: "n\(number)") } }
            try await group.waitForAll()
        }
        let version = try await records(url).read { rows in
            try rows.database.rows("SELECT count(*), max(version) FROM gatehouse_migrations").map {
                [try $0.integer(0), try $0.integer(1)]
            }
        }
        #expect(version == [[1, 1]])
    }

    @Test("a database of a newer version is refused, and a database without tables where none may be made")
    func versions() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let none = await #expect(throws: RecordStoreError.self) {
            try await PostgreSQLRecords(url: url, configuration: .init(migrates: false))
        }
        #expect(none?.code == .unusable)
        try await records(url).write { rows in
            _ = try rows.database.execute("INSERT INTO gatehouse_migrations (version) VALUES (99)")
        }
        let newer = await #expect(throws: RecordStoreError.self) { try await records(url) }
        #expect(newer?.code == .unusable)
        #expect(newer?.message.contains("version 99") == true)
    }

    @Test("a transaction that throws changes nothing, and a wrong statement's error says its kind")
    func failures() async throws {
        let records = try await records(try PostgreSQLServer.shared.get().database())
        await #expect(throws: Failure.self) {
            try await records.write { rows in
                try rows.setNote("kept", "a")
                throw Failure()
            }
        }
        #expect(try await records.read { try $0.note("a") } == nil)
        let wrong = await #expect(throws: PostgreSQLError.self) {
            try await records.write { try $0.database.rows("SELECT secret FROM nowhere") }
        }
        #expect(wrong?.sqlState == "42P01")
        #expect(wrong.map { !"\($0)".contains("nowhere") } == true)
        try await records.write { rows in
            _ = try rows.database.execute("CREATE TABLE own (name TEXT PRIMARY KEY, value BYTEA)")
            let insert = "INSERT INTO own VALUES ($1, $2)"
            #expect(try rows.database.execute(insert, ["a", .bytes([0, 255])]) == 1)
            #expect(throws: PostgreSQLError.self) {
                try rows.savepoint { _ = try rows.database.execute(insert, ["a", nil]) }
            }
            #expect(try rows.database.execute(insert, ["b", nil]) == 1)
        }
        let held = try await records.read { rows in
            try rows.database.rows("SELECT name, value FROM own ORDER BY name").map {
                "\(try $0.text(0)) \(String(describing: try $0.bytes(ifAny: 1)))"
            }
        }
        #expect(held == ["a Optional([0, 255])", "b nil"])
        await #expect(throws: PostgreSQLError.self) {
            try await records.read { _ = try $0.database.execute("DELETE FROM own") }
        }
        // An error that is swallowed takes the transaction with it, and nobody is told that it was written.
        let swallowed = await #expect(throws: PostgreSQLError.self) {
            try await records.write { rows in
                _ = try rows.database.execute("INSERT INTO own VALUES ('c', NULL)")
                _ = try? rows.database.execute("INSERT INTO own VALUES ('a', NULL)")
            }
        }
        #expect(swallowed?.sqlState == "25P02")
    }

    @Test("a statement ends at its limit, and a cancelled read at once", .timeLimit(.minutes(1)))
    func limits() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let short = try await PostgreSQLRecords(url: url, configuration: .init(statementTimeout: .milliseconds(200)))
        let late = await #expect(throws: RecordStoreError.self) {
            try await short.read { _ = try $0.database.rows("SELECT pg_sleep(600)::text") }
        }
        #expect(late?.code == .unavailable)
        #expect(try await short.read { try $0.note("a") } == nil)
        let long = try await PostgreSQLRecords(url: url, configuration: .init(statementTimeout: .seconds(600)))
        let (begun, tell) = AsyncStream.makeStream(of: Void.self)
        let read = Task {
            try await long.read { rows in
                tell.yield()
                _ = try rows.database.rows("SELECT pg_sleep(600)::text")
            }
        }
        for await _ in begun { break }
        read.cancel()
        await #expect(throws: CancellationError.self) { try await read.value }
        // The server works on it no more.
        try await eventually(equals: 0) {
            try await short.read { rows in
                try rows.database.rows(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%' AND state = 'active' AND datname = current_database()"
                ).first?.integer(0)
            }
        }
    }

    @Test("a read that is cancelled between two statements ends in its next", .timeLimit(.minutes(1)))
    func cancelledBetweenStatements() async throws {
        let server = try PostgreSQLServer.shared.get()
        let proxy = try LoopbackProxy(to: server.port)
        defer { proxy.close() }
        let name = try server.database().split(separator: "/").last.map(String.init) ?? ""
        let records = try await PostgreSQLRecords(
            url: server.url(name, port: proxy.port) + "?sslmode=disable&gssencmode=disable"
        )
        let ended = proxy.ended
        let (begun, tell) = AsyncStream.makeStream(of: Void.self)
        let goOn = DispatchSemaphore(value: 0)
        let read = Task {
            try await records.read { rows in
                _ = try rows.database.rows("SELECT 1")
                tell.yield()
                goOn.wait()
                _ = try rows.database.rows("SELECT pg_sleep(4)::text")
            }
        }
        for await _ in begun { break }
        read.cancel()
        // The server has heard of it, and had nothing to end.
        try await eventually(equals: true) { proxy.ended > ended }
        goOn.signal()
        await #expect(throws: CancellationError.self) { try await read.value }
    }

    @Test("a cancelled read ends at its limit where the network is silent", .timeLimit(.minutes(1)))
    func cancelledInSilence() async throws {
        let server = try PostgreSQLServer.shared.get()
        let proxy = try LoopbackProxy(to: server.port)
        defer { proxy.close() }
        let name = try server.database().split(separator: "/").last.map(String.init) ?? ""
        let records = try await PostgreSQLRecords(
            url: server.url(name, port: proxy.port) + "?sslmode=disable&gssencmode=disable",
            configuration: .init(statementTimeout: .milliseconds(500))
        )
        let (begun, tell) = AsyncStream.makeStream(of: Void.self)
        let goOn = DispatchSemaphore(value: 0)
        let read = Task {
            try await records.read { rows in
                _ = try rows.database.rows("SELECT 1")
                tell.yield()
                goOn.wait()
                _ = try rows.database.rows("SELECT 2")
            }
        }
        for await _ in begun { break }
        proxy.hold(true)
        read.cancel()
        goOn.signal()
        await #expect(throws: CancellationError.self) { try await read.value }
        proxy.hold(false)
        #expect(try await records.read { try $0.note("a") } == nil)
    }

    @Test(
        "changes of a hundred tasks at once through two nodes are all there, one after another",
        .timeLimit(.minutes(2))
    )
    func concurrency() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let nodes = [try await records(url, node: "one"), try await records(url, node: "two")]
        let revisions = try await withThrowingTaskGroup(of: MembershipRevision?.self) { group in
            for number in 0..<100 {
                let store = nodes[number % 2].memberships(issuer: "i")
                group.addTask {
                    try await store.assign("admin", to: Member("u\(number % 10)", in: "o\(number)", issuer: "i"))
                        .revision
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(revisions).count == 100)
        let held = try await nodes[0].read { try $0.recordedRoles(issuer: "i", at: .distantFuture) }
        #expect(held.count == 100)
    }

    @Test("a connection that the server ended is made anew before anything is asked", .timeLimit(.minutes(1)))
    func reconnects() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try server.database()
        let records = try await records(url)
        try await records.write { try $0.setNote("kept", "a") }
        let name = String(url.split(separator: "/").last ?? "")
        try server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'",
            in: "postgres"
        )
        #expect(try await records.read { try $0.note("a") } == "kept")
    }

    @Test("the page's code is this test's, line by line")
    func page() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let (issuer, engine) = ("https://i", try PolicyEngine(Policy()))
        let records = try await PostgreSQLRecords(url: url, node: "api-1")
        let authorizer = Authorizer(
            engine: engine,
            memberships: records.memberships(issuer: issuer),
            issuer: issuer,
            marks: records.marks,
            bus: records.bus,
            observers: [records.audit]
        )
        #expect(authorizer.issuer == issuer)
        let here = URL(filePath: #filePath)
        let file = here.appending(
            path: "../../../Sources/GatehousePostgreSQL/GatehousePostgreSQL.docc/GatehousePostgreSQL.md"
        ).standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```swift\n").dropFirst().first)
        let own = try String(contentsOf: here, encoding: .utf8)
        for line in block.components(separatedBy: "```")[0].split(separator: "\n") {
            #expect(own.contains("        \(line)\n"), "\(line)")
        }
    }

    @Test("no error shows the password of an address")
    func secrecy() async throws {
        let port = try PostgreSQLServer.shared.get().port
        for url in [
            "postgresql://nobody:verysecret@127.0.0.1:\(port)/nowhere", "postgresql://u:verysecret@127.0.0.1:1/x",
            "postgresql://u:verysecret@[", "host=127.0.0.1 password=verysecret port=none",
        ] {
            let error = await #expect(throws: RecordStoreError.self) { try await PostgreSQLRecords(url: url) }
            #expect(
                error.map { !"\($0)".contains("verysecret") && !String(reflecting: $0).contains("verysecret") } == true
            )
        }
    }
}
#endif
