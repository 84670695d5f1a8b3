#if PostgreSQL
public import GatehouseBase
public import GatehouseRecords

extension PostgreSQLTransaction {
    public func auditHead(of writer: String) throws -> AuditHead? {
        try database.lock(.audit, writer)
        return try database.row(
            "SELECT hash, size, roots, sealed_hash, sealed_size, sealed_roots FROM gatehouse_audit_heads WHERE writer = $1",
            [writer.sql]
        ).map { row in
            var seal: AuditSeal?
            if try row.integer(ifAny: 4) != nil {
                seal = AuditSeal(hash: try row.bytes(3), tree: try MerkleFrontier(row, at: 4))
            }
            return AuditHead(writer: writer, hash: try row.bytes(0), tree: try MerkleFrontier(row, at: 1), sealed: seal)
        }
    }

    public func setAuditHead(_ head: AuditHead) throws {
        try database.lock(.audit, head.writer)
        try put(
            "gatehouse_audit_heads",
            key: ["writer"],
            columns: ["hash", "size", "roots", "sealed_hash", "sealed_size", "sealed_roots"],
            [
                head.writer.sql, .bytes(head.hash), .integer(head.tree.size), .bytes(head.tree.bytes),
                (head.sealed?.hash).map { .bytes($0) } ?? .null, (head.sealed?.tree.size).sql,
                (head.sealed?.tree.bytes).map { .bytes($0) } ?? .null,
            ]
        )
    }

    public func auditWriters() throws -> [String] {
        try database.rows(
            """
            SELECT writer FROM gatehouse_audit_heads UNION SELECT writer FROM gatehouse_audit
            UNION SELECT writer FROM gatehouse_audit_checkpoints ORDER BY writer
            """
        ).map { try $0.name(0) }
    }

    private static let columns = """
        number, writer, sequence, time, type, outcome, organization, request, member, facts, personal, salt, commitment,
        previous, hash
        """

    public func insert(_ row: AuditRow) throws {
        let record = row.record
        try database.executeLater(
            """
            INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, member, facts,
                personal, salt, commitment, previous, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            [
                row.writer.sql, .integer(row.sequence), .integer(record.time.nanosecondsSince1970), record.type.sql,
                .integer(Int64(record.outcome.rawValue)), record.organization.sql, record.requestID.sql,
                record.user.sql, .bytes(record.facts), row.isRedacted ? .null : .bytes(record.personal),
                row.isRedacted ? .null : .bytes(row.salt), .bytes(row.commitment), .bytes(row.previous),
                .bytes(row.hash),
            ]
        )
    }

    public func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow] {
        let (condition, arguments) = query.condition(from: 3)
        return try database.rows(
            "SELECT \(Self.columns) FROM gatehouse_audit WHERE number > $1\(condition) ORDER BY number LIMIT $2",
            [.integer(number), .integer(Int64(limit))] + arguments
        ).map { try AuditRow($0) }
    }

    public func latestAuditRows(_ query: AuditQuery, limit: Int) throws -> [AuditRow] {
        let (condition, arguments) = query.condition(from: 2)
        return try database.rows(
            "SELECT \(Self.columns) FROM gatehouse_audit WHERE true\(condition) ORDER BY number DESC LIMIT $1",
            [.integer(Int64(limit))] + arguments
        ).map { try AuditRow($0) }.reversed()
    }

    public func auditRows(
        of writer: String,
        from sequence: Int64,
        afterNumber number: Int64,
        limit: Int
    ) throws -> [AuditRow] {
        try database.rows(
            """
            SELECT \(Self.columns) FROM gatehouse_audit WHERE writer = $1 AND (sequence, number) > ($2, $3)
            ORDER BY sequence, number LIMIT $4
            """,
            [writer.sql, .integer(sequence), .integer(number), .integer(Int64(limit))]
        ).map { try AuditRow($0) }
    }

    public func auditCounts(_ query: AuditQuery) throws -> [AuditCount] {
        let (condition, arguments) = query.condition(from: 1)
        return try database.rows(
            """
            SELECT type, outcome, count(*) FROM gatehouse_audit WHERE true\(condition)
            GROUP BY type, outcome ORDER BY type, outcome
            """,
            arguments
        ).map { row in
            AuditCount(
                type: try row.name(0),
                outcome: AuditRecord.Outcome(rawValue: Int(clamping: try row.integer(1))) ?? .none,
                count: Int(clamping: try row.integer(2))
            )
        }
    }

    public func redact(number: Int64) throws {
        try database.executeLater(
            "UPDATE gatehouse_audit SET member = NULL, personal = NULL, salt = NULL WHERE number = $1",
            [.integer(number)]
        )
    }

    public func removeAuditRows(of writer: String, before sequence: Int64) throws {
        try database.executeLater(
            "DELETE FROM gatehouse_audit WHERE writer = $1 AND sequence < $2",
            [writer.sql, .integer(sequence)]
        )
    }

    public func addCheckpoint(_ note: String, writer: String, size: Int64) throws {
        try put(
            "gatehouse_audit_checkpoints",
            key: ["writer", "size"],
            columns: ["note"],
            [writer.sql, .integer(size), note.sql]
        )
    }

    public func checkpoints(of writer: String) throws -> [String] {
        try database.rows("SELECT note FROM gatehouse_audit_checkpoints WHERE writer = $1 ORDER BY size", [writer.sql])
            .map { try $0.name(0) }
    }

    public func addPolicy(_ policy: StoredPolicy) throws {
        try database.lock(.policies)
        let last = try database.row("SELECT revision FROM gatehouse_policies ORDER BY number DESC LIMIT 1")?.name(0)
        if last.map({ $0.hasSameBytes(as: policy.revision) }) == true { return }
        try database.executeLater(
            "INSERT INTO gatehouse_policies (revision, content, since) VALUES ($1, $2, $3)",
            [policy.revision.sql, .bytes(policy.content), .integer(policy.since.nanosecondsSince1970)]
        )
    }

    public func policy(revision: String) throws -> StoredPolicy? {
        try database.row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE revision = $1 ORDER BY number LIMIT 1",
            [revision.sql]
        ).map { try StoredPolicy($0) }
    }

    public func policy(at time: Timestamp) throws -> StoredPolicy? {
        try database.row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE since <= $1 ORDER BY since DESC, number DESC LIMIT 1",
            [.integer(time.nanosecondsSince1970)]
        ).map { try StoredPolicy($0) }
    }
}

extension AuditQuery {
    /// Returns the conditions in SQL, and their arguments. The first argument has the number `place`.
    fileprivate func condition(from place: Int) -> (sql: String, arguments: [PostgreSQLValue]) {
        var (sql, arguments): (String, [PostgreSQLValue]) = ("", [])
        func add(_ comparison: String, _ value: PostgreSQLValue) {
            sql += " AND \(comparison) $\(place + arguments.count)"
            arguments.append(value)
        }
        if let since { add("time >=", .integer(since.nanosecondsSince1970)) }
        if let until { add("time <", .integer(until.nanosecondsSince1970)) }
        if !types.isEmpty {
            let places = types.indices.map { "$\(place + arguments.count + $0)" }.joined(separator: ", ")
            sql += " AND type IN (\(places))"
            arguments += types.map { $0.sql }
        }
        if let user {
            // The index serves for the first condition.
            sql +=
                " AND hashtextextended(member, 0) = hashtextextended($\(place + arguments.count)::text COLLATE \"C\", 0)"
            add("member =", user.sql)
        }
        if let organization { add("organization =", organization.sql) }
        if let outcome { add("outcome =", .integer(Int64(outcome.rawValue))) }
        if let requestID { add("request =", requestID.sql) }
        return (sql, arguments)
    }
}

extension AuditRow {
    fileprivate init(_ row: PostgreSQLRow) throws {
        guard let outcome = AuditRecord.Outcome(rawValue: Int(clamping: try row.integer(5))) else {
            throw PostgreSQLRow.corrupt(5)
        }
        var record = AuditRecord(
            type: try row.name(4),
            time: Timestamp(clampingNanoseconds: try row.integer(3)),
            outcome: outcome,
            organization: try row.name(ifAny: 6),
            requestID: try row.name(ifAny: 7),
            user: try row.name(ifAny: 8)
        )
        record.facts = try row.bytes(9)
        record.personal = try row.bytes(10)
        self.init(
            number: try row.integer(0),
            writer: try row.name(1),
            sequence: try row.integer(2),
            record: record,
            salt: try row.bytes(11),
            commitment: try row.bytes(12),
            previous: try row.bytes(13),
            hash: try row.bytes(14)
        )
    }
}
#endif
