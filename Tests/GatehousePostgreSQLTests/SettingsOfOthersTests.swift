#if PostgreSQL
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehousePostgreSQL
import GatehouseTesting
import SeededGenerator
import Testing

/// Databases and roles that somebody else has set up otherwise than these tests do.
@Suite(
    "Databases with settings of other people",
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(5))
)
struct SettingsOfOthersTests {
    private func database() throws -> (server: PostgreSQLServer, url: String, name: String) {
        let server = try PostgreSQLServer.shared.get()
        let url = try server.database()
        return (server, url, String(url.split(separator: "/").last ?? ""))
    }

    @Test(
        "settings of a database change no record that is stored or read",
        arguments: [
            "TimeZone = 'Pacific/Chatham'", "DateStyle = 'SQL, DMY'", "IntervalStyle = 'sql_standard'",
            "standard_conforming_strings = off", "bytea_output = 'escape'",
            "default_transaction_isolation = 'serializable'",
            "transform_null_equals = on", "extra_float_digits = -15", "synchronous_commit = off", "jit = on",
            "search_path = own, public", "statement_timeout = 200", "lc_messages = 'C'", "client_encoding = 'LATIN1'",
            "plan_cache_mode = 'force_generic_plan'", "enable_indexscan = off", "default_transaction_deferrable = on",
        ]
    )
    func settings(_ setting: String) async throws {
        let (server, url, name) = try database()
        try server.sql("CREATE SCHEMA own", in: name)
        try server.sql("ALTER DATABASE \(name) SET \(setting)", in: "postgres")
        let records = try await PostgreSQLRecords(url: url)
        let violations = try await RecordStoreConformance.violations(of: records, seed: 3, transactions: 60)
        #expect(violations.isEmpty, "\(setting)\n\(violations.joined(separator: "\n"))")
        let commit = try await records.read { rows in
            try rows.database.rows("SELECT current_setting('synchronous_commit')").first?.text(0)
        }
        #expect(commit == "on")
    }

    @Test("a database with another encoding is refused, and a read-only database says so")
    func unusable() async throws {
        let (server, url, name) = try database()
        try server.sql("CREATE DATABASE \(name)_latin ENCODING 'LATIN1' TEMPLATE template0", in: "postgres")
        let latin = await #expect(throws: RecordStoreError.self) { try await PostgreSQLRecords(url: url + "_latin") }
        #expect(latin?.code == .unusable)

        let records = try await PostgreSQLRecords(url: url)
        try server.sql("ALTER DATABASE \(name) SET default_transaction_read_only = on", in: "postgres")
        try server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'",
            in: "postgres"
        )
        let refused = await #expect(throws: RecordStoreError.self) {
            try await records.write { try $0.setNote("a", "b") }
        }
        #expect(refused?.code == .unavailable)
        #expect(try await records.read { try $0.note("b") } == nil)
        // Once it takes writes again, so does the store: the connection that was refused is not asked again.
        try server.sql("ALTER DATABASE \(name) RESET default_transaction_read_only", in: "postgres")
        try await records.write { try $0.setNote("a", "b") }
        #expect(try await records.read { try $0.note("b") } == "a")
    }

    @Test("a role that may create nothing opens existing tables, and a role without rights is told so")
    func rights() async throws {
        let (server, url, name) = try database()
        _ = try await PostgreSQLRecords(url: url)
        try server.sql("CREATE ROLE \(name)_user LOGIN", in: name)
        try server.sql("CREATE ROLE \(name)_stranger LOGIN", in: name)
        try server.sql("REVOKE CREATE ON SCHEMA public FROM public", in: name)
        for kind in ["ALL TABLES", "ALL SEQUENCES"] {
            let rights = kind == "ALL TABLES" ? "SELECT, INSERT, UPDATE, DELETE" : "USAGE, SELECT"
            try server.sql("GRANT \(rights) ON \(kind) IN SCHEMA public TO \(name)_user", in: name)
        }
        let records = try await PostgreSQLRecords(url: url.replacing("postgres@", with: "\(name)_user@"), node: "two")
        let violations = try await RecordStoreConformance.violations(of: records, seed: 3, transactions: 60)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
        var events = records.bus.events().makeAsyncIterator()
        while let event = try await events.next(), event != .heartbeat {}

        for stranger in [url, url.replacing("/\(name)", with: "/postgres")] {
            let error = await #expect(throws: RecordStoreError.self) {
                try await PostgreSQLRecords(url: stranger.replacing("postgres@", with: "\(name)_stranger@"))
            }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains("42501") == true, "\(String(describing: error))")
        }
    }

    @Test("two stores in schemas of one database hear nothing of each other")
    func schemas() async throws {
        let (server, url, name) = try database()
        for schema in ["one", "two"] { try server.sql("CREATE SCHEMA \(schema)", in: name) }
        let configuration = PostgreSQLRecords.Configuration(heartbeatInterval: .seconds(1))
        func open(_ schema: String, _ node: String) async throws -> PostgreSQLRecords {
            try await PostgreSQLRecords(
                url: "\(url)?options=-csearch_path%3D\(schema)",
                node: node,
                configuration: configuration
            )
        }
        let (one, other) = (try await open("one", "a"), try await open("two", "a"))
        let listener = try await open("one", "b")
        var events = listener.bus.events().makeAsyncIterator()
        while let event = try await events.next(), event != .heartbeat {}
        let time = Timestamp(seconds: 1_800_000_000)
        let long = String(repeating: "x", count: 20_000)
        try await other.bus.publish(Invalidation(.everything, revokedAt: time))
        try await other.bus.publish(Invalidation(.role(long), revokedAt: time))
        let own = Invalidation(.role("own"), revokedAt: time)
        try await one.bus.publish(own)
        while let event = try await events.next() {
            if case .invalidation(let heard) = event {
                #expect(heard == own)
                break
            }
        }
        try await one.write { try $0.setNote("1", "a") }
        #expect(try await other.read { try $0.note("a") } == nil)
    }

    @Test("a stranger's messages on the channel make a node forget more at most")
    func strangers() async throws {
        let (server, url, name) = try database()
        let records = try await PostgreSQLRecords(
            url: url,
            configuration: .init(heartbeatInterval: .seconds(1))
        )
        var events = records.bus.events().makeAsyncIterator()
        while let event = try await events.next(), event != .heartbeat {}
        let channel = "'gatehouse_' || ('gatehouse_state'::regclass::oid::text)"
        for text in [
            "", "{", "null", "[]", #"{"kind":7}"#, #"{"kind":"stored","number":99}"#,
            #"{"kind":"stored","number":1e99}"#,
            #"{"kind":"heartbeat","number":-9223372036854775808}"#,
            #"{"kind":"heartbeat","number":9223372036854775807}"#,
            #"{"kind":"invalidation","node":"x","scope":99,"issuer":"","name":"","revision":1}"#,
            #"{"kind":"invalidation","node":"x","scope":1,"issuer":"","name":"","revision":1,"seconds":9223372036854775807,"nanoseconds":2147483647}"#,
            String(repeating: "[", count: 7_000),
        ] {
            try server.sql("SELECT pg_notify(\(channel), '\(text)')", in: name)
        }
        let member = Invalidation(
            .member(Member("u", in: "o", issuer: "i")),
            revokedAt: Timestamp(seconds: 1_800_000_000)
        )
        let other = try await PostgreSQLRecords(url: url, node: "other")
        try await other.write { try $0.mark(member) }
        while let event = try await events.next() {
            if event == .invalidation(member) { break }
            switch event {
            case .heartbeat, .mayHaveMissed, .invalidation(Invalidation(.everything)): break
            default: Issue.record("\(event)")
            }
        }
    }

    @Test("a statement that takes too long in the middle of a batch undoes the batch, and the next one is whole")
    func timeout() async throws {
        let (_, url, _) = try database()
        let records = try await PostgreSQLRecords(url: url, configuration: .init(statementTimeout: .milliseconds(300)))
        let member = Member("u", in: "o", issuer: "i")
        let late = await #expect(throws: RecordStoreError.self) {
            try await records.write { rows in
                try rows.begin(RecordedRole(RoleAssignment("admin"), of: member, since: .distantPast))
                _ = try rows.database.rows("SELECT pg_sleep(60)::text")
            }
        }
        #expect(late?.code == .unavailable)
        #expect(try await records.read { try $0.recordedRoles(of: member) } == [])
        try await records.write { try $0.begin(RecordedRole(RoleAssignment("admin"), of: member, since: .distantPast)) }
        #expect(try await records.read { try $0.recordedRoles(of: member).count } == 1)
    }

    @Test(
        "a wrong statement that is sent with others undoes its savepoint alone, and never runs outside of the transaction"
    )
    func wrongStatements() async throws {
        let (_, url, _) = try database()
        let records = try await PostgreSQLRecords(url: url)
        func recorded(_ user: String) -> RecordedRole {
            RecordedRole(RoleAssignment("admin"), of: Member(user, in: "o", issuer: "i"), since: .distantPast)
        }
        let (a, b, c) = (recorded("a"), recorded("b"), recorded("c"))
        // The first statement of a transaction is the wrong one, and somebody swallows its error.
        let swallowed = await #expect(throws: PostgreSQLError.self) {
            try await records.write { rows in
                _ = try? rows.database.rows("SELECT nothing FROM nowhere")
                try rows.begin(a)
            }
        }
        #expect(swallowed?.sqlState == "25P02" || swallowed?.sqlState == "42P01")
        try await records.write { rows in
            try rows.begin(b)
            #expect(throws: PostgreSQLError.self) {
                try rows.savepoint {
                    try rows.begin(a)
                    _ = try rows.database.rows("SELECT nothing FROM nowhere")
                }
            }
            #expect(throws: PostgreSQLError.self) {
                try rows.savepoint { _ = try rows.database.execute("INSERT INTO gatehouse_notes VALUES ('x', NULL)") }
            }
            struct Undone: Error {}
            #expect(throws: Undone.self) {
                try rows.savepoint {
                    try rows.begin(a)
                    throw Undone()
                }
            }
            try rows.begin(c)
        }
        let held = try await records.read { try $0.recordedRoles(issuer: "i", at: .distantFuture).map(\.member.user) }
        #expect(held == ["b", "c"])
    }

    @Test(
        "an address names a database of odd characters in either form",
        arguments: ["a b", "a'b", "a\\b", "a%b", "ä", "a\"b", "a/b", "a?b", "a=b", "a@b"]
    )
    func addresses(_ odd: String) async throws {
        let (server, _, number) = try database()
        let name = "\(number)_\(odd)"
        try server.sql("CREATE DATABASE \"\(name.replacing("\"", with: "\"\""))\"", in: "postgres")
        let escaped = name.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
        let quoted = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        for url in [server.url(escaped), "host=127.0.0.1 port=\(server.port) user=postgres dbname='\(quoted)'"] {
            let records = try await PostgreSQLRecords(url: url)
            let found = try await records.read { rows in
                try rows.database.rows("SELECT current_database()::text").first?.text(0)
            }
            #expect(found == name)
        }
    }

    @Test("the log takes names of any length, and the directory says which name is too long")
    func longNames() async throws {
        let (_, url, _) = try database()
        let records = try await PostgreSQLRecords(url: url, audit: .init(durable: true))
        var random = SeededGenerator(seed: 1)
        let long = String(decoding: (0..<20_000).map { _ in UInt8.random(in: 32...126, using: &random) }, as: UTF8.self)
        try await records.audit.append(event: long, user: long, organization: long, requestID: long)
        for query in [AuditQuery(user: long), AuditQuery(requestID: long), AuditQuery(types: [long])] {
            #expect(try await records.read { try $0.auditRows(query, after: 0, limit: 9).count } == 1)
        }
        #expect(try await records.read { try $0.verifyAudit(of: "gatehouse").isWhole })
        let recorded = RecordedRole(
            RoleAssignment("admin"),
            of: Member(long, in: long, issuer: "i"),
            since: .distantPast
        )
        let refused = await #expect(throws: PostgreSQLError.self) { try await records.write { try $0.begin(recorded) } }
        #expect(refused?.sqlState == "54000")
        // A question about such a name has an answer.
        #expect(try await records.read { try $0.recordedRoles(of: recorded.member) } == [])
    }
}
#endif
