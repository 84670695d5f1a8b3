#if SQLite
import Foundation
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    public func auditHead(of writer: String) throws -> AuditHead? {
        try row(
            "SELECT hash, size, roots, sealed_hash, sealed_size, sealed_roots FROM gatehouse_audit_heads WHERE writer = ?",
            [writer.sql]
        ).map { row in
            var seal: AuditSeal?
            if try row.number(ifAny: 4) != nil {
                seal = AuditSeal(hash: try row.bytes(3), tree: try MerkleFrontier(row, at: 4))
            }
            return AuditHead(writer: writer, hash: try row.bytes(0), tree: try MerkleFrontier(row, at: 1), sealed: seal)
        }
    }

    public func setAuditHead(_ head: AuditHead) throws {
        try run(
            """
            INSERT OR REPLACE INTO gatehouse_audit_heads
                (writer, hash, size, roots, sealed_hash, sealed_size, sealed_roots) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                head.writer.sql, Data(head.hash), head.tree.size, head.tree.data, (head.sealed?.hash).map { Data($0) },
                head.sealed?.tree.size, head.sealed?.tree.data,
            ]
        )
    }

    public func auditWriters() throws -> [String] {
        try rows(
            """
            SELECT writer FROM gatehouse_audit_heads UNION SELECT DISTINCT writer FROM gatehouse_audit
            UNION SELECT DISTINCT writer FROM gatehouse_audit_checkpoints ORDER BY writer
            """
        ).map { try $0.text(0) }
    }

    private static let columns = """
        number, writer, sequence, time, type, outcome, organization, request, user, facts, personal, salt, commitment,
        previous, hash
        """

    public func insert(_ row: AuditRow) throws {
        let record = row.record
        try run(
            """
            INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, user, facts,
                personal, salt, commitment, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.writer.sql, row.sequence, record.time.nanosecondsSince1970, record.type.sql,
                record.outcome.rawValue,
                record.organization.sql, record.requestID.sql, record.user.sql, Data(record.facts),
                row.isRedacted ? nil : Data(record.personal), row.isRedacted ? nil : Data(row.salt),
                Data(row.commitment),
                Data(row.previous), Data(row.hash),
            ]
        )
    }

    public func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow] {
        let (condition, arguments) = query.condition
        return try rows(
            "SELECT \(Self.columns) FROM gatehouse_audit WHERE number > ?\(condition) ORDER BY number LIMIT ?",
            StatementArguments([number] + arguments + [limit])
        ).map { try AuditRow($0) }
    }

    public func auditRows(
        of writer: String,
        from sequence: Int64,
        afterNumber number: Int64,
        limit: Int
    ) throws -> [AuditRow] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_audit WHERE writer = ? AND (sequence, number) > (?, ?)
            ORDER BY sequence, number LIMIT ?
            """,
            [writer.sql, sequence, number, limit]
        ).map { try AuditRow($0) }
    }

    public func auditCounts(_ query: AuditQuery) throws -> [AuditCount] {
        let (condition, arguments) = query.condition
        return try rows(
            """
            SELECT type, outcome, count(*) FROM gatehouse_audit WHERE true\(condition)
            GROUP BY type, outcome ORDER BY type, outcome
            """,
            StatementArguments(arguments)
        ).map { row in
            AuditCount(
                type: try row.text(0),
                outcome: AuditRecord.Outcome(rawValue: Int(try row.number(1))) ?? .none,
                count: Int(try row.number(2))
            )
        }
    }

    public func redact(number: Int64) throws {
        try run("UPDATE gatehouse_audit SET user = NULL, personal = NULL, salt = NULL WHERE number = ?", [number])
    }

    public func removeAuditRows(of writer: String, before sequence: Int64) throws {
        try run("DELETE FROM gatehouse_audit WHERE writer = ? AND sequence < ?", [writer.sql, sequence])
    }

    public func addCheckpoint(_ note: String, writer: String, size: Int64) throws {
        try run(
            "INSERT OR REPLACE INTO gatehouse_audit_checkpoints (writer, size, note) VALUES (?, ?, ?)",
            [writer.sql, size, note.sql]
        )
    }

    public func checkpoints(of writer: String) throws -> [String] {
        try rows("SELECT note FROM gatehouse_audit_checkpoints WHERE writer = ? ORDER BY size", [writer.sql])
            .map { try $0.text(0) }
    }

    public func addPolicy(_ policy: StoredPolicy) throws {
        let last = try row("SELECT revision FROM gatehouse_policies ORDER BY number DESC LIMIT 1")?.text(0)
        if last.map({ $0.hasSameBytes(as: policy.revision) }) == true { return }
        try run(
            "INSERT INTO gatehouse_policies (revision, content, since) VALUES (?, ?, ?)",
            [policy.revision.sql, Data(policy.content), policy.since.nanosecondsSince1970]
        )
    }

    public func policy(revision: String) throws -> StoredPolicy? {
        try row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE revision = ? ORDER BY number LIMIT 1",
            [revision.sql]
        ).map { try StoredPolicy($0) }
    }

    public func policy(at time: Timestamp) throws -> StoredPolicy? {
        try row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE since <= ? ORDER BY number DESC LIMIT 1",
            [time.nanosecondsSince1970]
        ).map { try StoredPolicy($0) }
    }
}

extension AuditQuery {
    /// What follows `WHERE true`, and its arguments.
    fileprivate var condition: (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
        var (sql, arguments): (String, [(any DatabaseValueConvertible)?]) = ("", [])
        func add(_ text: String, _ values: [(any DatabaseValueConvertible)?]) {
            sql += " AND " + text
            arguments += values
        }
        if let since { add("time >= ?", [since.nanosecondsSince1970]) }
        if let until { add("time < ?", [until.nanosecondsSince1970]) }
        if !types.isEmpty {
            add("type IN (\(types.map { _ in "?" }.joined(separator: ", ")))", types.map { $0.sql })
        }
        if let user { add("user = ?", [user.sql]) }
        if let organization { add("organization = ?", [organization.sql]) }
        if let outcome { add("outcome = ?", [outcome.rawValue]) }
        if let requestID { add("request = ?", [requestID.sql]) }
        return (sql, arguments)
    }
}

extension AuditRow {
    fileprivate init(_ row: Row) throws {
        guard let outcome = AuditRecord.Outcome(rawValue: Int(try row.number(5))) else { throw Row.corrupt(5) }
        var record = AuditRecord(
            type: try row.text(4),
            time: Timestamp(clampingNanoseconds: try row.number(3)),
            outcome: outcome,
            organization: try row.text(ifAny: 6),
            requestID: try row.text(ifAny: 7),
            user: try row.text(ifAny: 8)
        )
        record.facts = try row.bytes(9)
        record.personal = try row.bytes(10)
        self.init(
            number: try row.number(0),
            writer: try row.text(1),
            sequence: try row.number(2),
            record: record,
            salt: try row.bytes(11),
            commitment: try row.bytes(12),
            previous: try row.bytes(13),
            hash: try row.bytes(14)
        )
    }
}

extension StoredPolicy {
    fileprivate init(_ row: Row) throws {
        self.init(
            revision: try row.text(0),
            content: try row.bytes(1),
            since: Timestamp(clampingNanoseconds: try row.number(2))
        )
    }
}

extension MerkleFrontier {
    /// A tree in two columns: its size, and its roots one after another.
    fileprivate init(_ row: Row, at column: Int) throws {
        let bytes = try row.bytes(column + 1)
        let roots = stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<min($0 + 32, bytes.count)]) }
        guard let tree = MerkleFrontier(size: try row.number(column), roots: roots) else { throw Row.corrupt(column) }
        self = tree
    }

    fileprivate var data: Data { Data(roots.joined()) }
}
#endif
