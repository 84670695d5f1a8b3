#if PostgreSQL
public import GatehouseBase
public import GatehouseRecords

extension PostgreSQLTransaction {
    private static let columns =
        "number, source, id, type, object, received, body, state, attempts, due, is_applied, error, member"

    public func insert(_ webhook: StoredWebhook) throws -> Int64? { try insert([webhook])[0] }

    public func insert(_ webhooks: [StoredWebhook]) throws -> [Int64?] {
        try database.rows(
            """
            INSERT INTO gatehouse_webhooks
                (source, id, type, object, received, body, state, attempts, due, is_applied, error, member)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (source, id) DO NOTHING RETURNING number
            """,
            ofEach: webhooks.map { webhook in
                [
                    webhook.source.sql, webhook.id.sql, webhook.type.sql, webhook.object.sql,
                    .integer(webhook.received.milliseconds), .bytes(webhook.body), .integer(webhook.state.number),
                    .integer(Int64(webhook.attempts)), .integer(webhook.due.milliseconds), .bool(webhook.isApplied),
                    webhook.error.sql, webhook.user.sql,
                ]
            }
        ).map { try $0.first?.integer(0) }
    }

    public func webhook(source: String, id: String) throws -> StoredWebhook? {
        // A transaction that reads a webhook in order to change it locks the row until its end.
        let lock = database.isWriting ? " FOR UPDATE" : ""
        return try database.row(
            "SELECT \(Self.columns) FROM gatehouse_webhooks WHERE source = $1 AND id = $2\(lock)",
            [source.sql, id.sql]
        ).map { try StoredWebhook($0) }
    }

    /// Returns the node's part of the due webhooks: rows that another node has locked are skipped. Only one node at a time determines the
    /// next events of an object.
    public func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook] {
        try database.lock(.claims, source)
        let lock = database.isWriting ? "FOR UPDATE OF webhook SKIP LOCKED" : ""
        // Without MATERIALIZED the planner may run the inner select more than once, and claim more rows than the limit.
        let found = try database.rows(
            """
            WITH ready AS MATERIALIZED (
                SELECT number FROM gatehouse_webhooks AS webhook
                WHERE state = 0 AND source = $1 AND due <= $2 AND (object IS NULL OR NOT EXISTS (
                    SELECT 1 FROM gatehouse_webhooks AS earlier
                    WHERE earlier.state = 0 AND earlier.source = $1 AND earlier.object = webhook.object
                        AND earlier.number < webhook.number AND (earlier.due > $2 OR earlier.due > webhook.due)
                ))
                ORDER BY due, number LIMIT $3 \(lock)
            )
            SELECT \(Self.columns) FROM gatehouse_webhooks WHERE number IN (SELECT number FROM ready) ORDER BY due, number
            """,
            [source.sql, .integer(time.milliseconds), .integer(Int64(limit))]
        ).map { try StoredWebhook($0) }
        guard found.count <= limit else {
            throw RecordStoreError(.corrupt, "the server claimed more than it was asked to")
        }
        return found
    }

    public func nextDue(of source: String) throws -> Timestamp? {
        try database.row("SELECT min(due) FROM gatehouse_webhooks WHERE state = 0 AND source = $1", [source.sql])?
            .time(ifAny: 0)
    }

    public func oldestUnapplied() throws -> Timestamp? {
        try database.row("SELECT min(received) FROM gatehouse_webhooks WHERE state <> 1 AND NOT is_applied")?
            .time(ifAny: 0)
    }

    public func inboxState(of source: String) throws -> InboxState {
        let row = try database.row(
            """
            SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 2) FROM gatehouse_webhooks
            WHERE state <> 1 AND source = $1
            """,
            [source.sql]
        )
        return InboxState(
            pending: Int(clamping: try row?.integer(0) ?? 0),
            dead: Int(clamping: try row?.integer(1) ?? 0)
        )
    }

    public func settleDeadLetters(of source: String, receivedBefore time: Timestamp) throws {
        try database.executeLater(
            """
            UPDATE gatehouse_webhooks SET is_applied = true
            WHERE state = 2 AND NOT is_applied AND source = $1 AND received < $2
            """,
            [source.sql, .integer(time.milliseconds)]
        )
    }

    public func update(_ webhook: StoredWebhook) throws {
        try database.executeLater(
            """
            UPDATE gatehouse_webhooks SET state = $1, attempts = $2, due = $3, is_applied = $4, error = $5
            WHERE number = $6
            """,
            [
                .integer(webhook.state.number), .integer(Int64(webhook.attempts)), .integer(webhook.due.milliseconds),
                .bool(webhook.isApplied), webhook.error.sql, .integer(webhook.number),
            ]
        )
    }

    public func webhooks(in state: StoredWebhook.State?, after number: Int64, limit: Int) throws -> [StoredWebhook] {
        let condition = state.map { " AND state = \($0.number)" } ?? ""
        return try database.rows(
            "SELECT \(Self.columns) FROM gatehouse_webhooks WHERE number > $1\(condition) ORDER BY number LIMIT $2",
            [.integer(number), .integer(Int64(limit))]
        ).map { try StoredWebhook($0) }
    }

    public func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int {
        try database.execute(
            "DELETE FROM gatehouse_webhooks WHERE state = 1 AND received < $1",
            [.integer(time.milliseconds)]
        )
    }

    public func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int {
        try database.execute(
            """
            UPDATE gatehouse_webhooks SET body = $1, member = NULL, state = 1, error = NULL
            WHERE member = $2 AND source = $3 AND length(body) > 0\(includingPending ? "" : " AND state <> 0")
            """,
            [.bytes([]), user.sql, source.sql]
        )
    }

    public func deliveredVersion(of object: String, source: String) throws -> DeliveredVersion? {
        try database.row(
            "SELECT updated, told, tie, is_deletion FROM gatehouse_delivered WHERE source = $1 AND object = $2",
            [source.sql, object.sql]
        ).map { DeliveredVersion(try ObjectVersion($0, at: 0), isDeletion: try $0.bool(3)) }
    }

    public func setDelivered(_ version: DeliveredVersion, of object: String, source: String) throws {
        try put(
            "gatehouse_delivered",
            key: ["source", "object"],
            columns: ["updated", "told", "tie", "is_deletion"],
            [source.sql, object.sql] + version.version.sql + [.bool(version.isDeletion)]
        )
    }
}

extension ObjectVersion {
    /// The version as the arguments of three columns.
    var sql: [PostgreSQLValue] { [.integer(updated), .integer(told), tie.sql] }
}
#endif
