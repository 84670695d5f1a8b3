#if SQLite
import Foundation
import GRDB
import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let columns = """
        number, writer, sequence, time, type, outcome, organization, request, user, facts, personal, salt, commitment,
        previous, hash
        """

    private static let recentCount = 20_000

    public func insert(_ row: AuditRow) throws {
        let record = row.record
        var bindings = StatementBindings(
            try database.cachedStatement(
                sql: """
                    INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, user, facts,
                        personal, salt, commitment, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
        )
        bindings.bind(row.writer)
        bindings.bind(row.sequence)
        bindings.bind(record.time.nanosecondsSince1970)
        bindings.bind(record.type)
        bindings.bind(Int64(record.outcome.rawValue))
        bindings.bind(record.organization)
        bindings.bind(record.requestID)
        bindings.bind(record.user)
        bindings.bind(record.facts)
        bindings.bind(row.isRedacted ? nil : record.personal)
        bindings.bind(row.isRedacted ? nil : row.salt)
        bindings.bind(row.commitment)
        bindings.bind(row.previous)
        bindings.bind(row.hash)
        try bindings.run()
    }

    /// Returns the records that a statement selects.
    private func auditRows(_ sql: String, _ arguments: StatementArguments) throws -> [AuditRow] {
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        var rows: [AuditRow] = []
        while try cursor.next() != nil { rows.append(AuditRow(StatementColumns(statement))) }
        return rows
    }

    public func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow] {
        let (condition, arguments) = query.condition
        return try auditRows(
            "SELECT \(Self.columns) FROM gatehouse_audit WHERE number > ?\(condition) ORDER BY number LIMIT ?",
            StatementArguments([number] + arguments + [limit])
        )
    }

    public func latestAuditRows(_ query: AuditQuery, limit: Int) throws -> [AuditRow] {
        let (condition, arguments) = query.condition
        // Records that match often stand among the last records.
        let recent = try auditRows(
            """
            SELECT \(Self.columns) FROM gatehouse_audit
            WHERE number > (SELECT max(number) FROM gatehouse_audit) - \(Self.recentCount)\(condition)
            ORDER BY number DESC LIMIT ?
            """,
            StatementArguments(arguments + [limit])
        )
        if recent.count >= limit { return recent.reversed() }
        // Records that match rarely are found by an index, which has a hundredth of the bytes of the rows.
        let index = query.isOfTimeTypeAndOutcome ? " INDEXED BY gatehouse_audit_time" : ""
        return try auditRows(
            """
            SELECT \(Self.columns) FROM gatehouse_audit WHERE number IN (
                SELECT number FROM gatehouse_audit\(index) WHERE true\(condition) ORDER BY number DESC LIMIT ?
            ) ORDER BY number
            """,
            StatementArguments(arguments + [limit])
        )
    }

    public func auditRows(
        of writer: String,
        from sequence: Int64,
        afterNumber number: Int64,
        limit: Int
    ) throws -> [AuditRow] {
        try auditRows(
            """
            SELECT \(Self.columns) FROM gatehouse_audit WHERE writer = ? AND (sequence, number) > (?, ?)
            ORDER BY sequence, number LIMIT ?
            """,
            [writer.sql, sequence, number, limit]
        )
    }

    public func auditCounts(_ query: AuditQuery) throws -> [AuditCount] {
        let (condition, arguments) = query.condition
        return try rows(
            """
            SELECT type, outcome, count(*) FROM gatehouse_audit WHERE true\(condition)
            GROUP BY type, outcome ORDER BY type, outcome
            """,
            StatementArguments(arguments)
        ) { row in
            AuditCount(
                type: try row.text(0),
                // A value of another form counts as missing here. The verification of the log reports the value.
                outcome: (try? row.number(1)).flatMap { AuditRecord.Outcome(rawValue: Int($0)) } ?? .none,
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
}

extension AuditQuery {
    /// True if the query has no other condition than time, type and outcome.
    fileprivate var isOfTimeTypeAndOutcome: Bool { user == nil && organization == nil && requestID == nil }

    /// The conditions after `WHERE true`, and their arguments.
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
    /// Makes a record with the values in the file. A record with a value of another type has no hash, and so is damaged.
    fileprivate init(_ columns: StatementColumns) {
        var row = columns
        let outcome = AuditRecord.Outcome(rawValue: Int(row.number(5)))
        let record = AuditRecord(
            type: row.text(4),
            time: Timestamp(clampingNanoseconds: row.number(3)),
            outcome: outcome ?? .none,
            organization: row.text(ifAny: 6),
            requestID: row.text(ifAny: 7),
            user: row.text(ifAny: 8),
            facts: row.bytes(9),
            personal: row.bytes(10)
        )
        self.init(
            number: row.number(0),
            writer: row.text(1),
            sequence: row.number(2),
            record: record,
            salt: row.bytes(11),
            commitment: row.bytes(12),
            previous: row.bytes(13),
            hash: row.bytes(14)
        )
        if !row.areWhole || outcome == nil { hash = [] }
    }
}
#endif
