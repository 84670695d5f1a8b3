#if SQLite
import Foundation
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let columns =
        "number, source, id, type, object, received, body, state, attempts, due, is_applied, error, user"

    public func insert(_ webhook: StoredWebhook) throws -> Int64? {
        var bindings = StatementBindings(
            try database.cachedStatement(
                sql: """
                    INSERT INTO gatehouse_webhooks (source, id, type, object, received, body, state, attempts, due, is_applied, error, user)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, id) DO NOTHING
                    """
            )
        )
        bindings.bind(webhook.source)
        bindings.bind(webhook.id)
        bindings.bind(webhook.type)
        bindings.bind(webhook.object)
        bindings.bind(webhook.received.milliseconds)
        bindings.bind(webhook.body)
        bindings.bind(Int64(webhook.state.number))
        bindings.bind(Int64(webhook.attempts))
        bindings.bind(webhook.due.milliseconds)
        bindings.bind(webhook.isApplied ? 1 : 0)
        bindings.bind(webhook.error)
        bindings.bind(webhook.user)
        try bindings.run()
        return database.changesCount == 1 ? database.lastInsertedRowID : nil
    }

    public func webhook(source: String, id: String) throws -> StoredWebhook? {
        try row(
            "SELECT \(Self.columns) FROM gatehouse_webhooks WHERE source = ? AND id = ?",
            [source.sql, id.sql]
        ).map { try StoredWebhook($0) }
    }

    public func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_webhooks AS webhook
            WHERE state = 0 AND source = ?1 AND due <= ?2 AND (object IS NULL OR NOT EXISTS (
                SELECT 1 FROM gatehouse_webhooks AS earlier
                WHERE earlier.state = 0 AND earlier.source = ?1 AND earlier.object = webhook.object
                    AND earlier.number < webhook.number AND (earlier.due > ?2 OR earlier.due > webhook.due)
            ))
            ORDER BY due, number LIMIT ?3
            """,
            [source.sql, time.milliseconds, limit]
        ) { try StoredWebhook($0) }
    }

    public func nextDue(of source: String) throws -> Timestamp? {
        try row("SELECT min(due) FROM gatehouse_webhooks WHERE state = 0 AND source = ?", [source.sql])?.time(ifAny: 0)
    }

    public func inboxState(of source: String) throws -> InboxState {
        func count(_ state: Int) throws -> Int {
            let sql = "SELECT count(*) FROM gatehouse_webhooks WHERE state = \(state) AND source = ?"
            return Int(try row(sql, [source.sql])?.number(0) ?? 0)
        }
        return InboxState(pending: try count(0), dead: try count(2))
    }

    public func oldestUnapplied() throws -> Timestamp? {
        try row("SELECT min(received) FROM gatehouse_webhooks WHERE state <> 1 AND is_applied = 0")?.time(ifAny: 0)
    }

    public func update(_ webhook: StoredWebhook) throws {
        try run(
            """
            UPDATE gatehouse_webhooks SET state = ?, attempts = ?, due = ?, is_applied = ?, error = ? WHERE number = ?
            """,
            [
                webhook.state.number, webhook.attempts, webhook.due.milliseconds, webhook.isApplied, webhook.error.sql,
                webhook.number,
            ]
        )
    }

    public func webhooks(in state: StoredWebhook.State?, after number: Int64, limit: Int) throws -> [StoredWebhook] {
        let condition = state.map { " AND state = \($0.number)" } ?? ""
        return try rows(
            "SELECT \(Self.columns) FROM gatehouse_webhooks WHERE number > ?\(condition) ORDER BY number LIMIT ?",
            [number, limit]
        ) { try StoredWebhook($0) }
    }

    public func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int {
        try run("DELETE FROM gatehouse_webhooks WHERE state = 1 AND received < ?", [time.milliseconds])
        return database.changesCount
    }

    public func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int {
        try run(
            """
            UPDATE gatehouse_webhooks SET body = ?, user = NULL, state = 1, error = NULL
            WHERE user = ? AND source = ? AND length(body) > 0\(includingPending ? "" : " AND state <> 0")
            """,
            [Data(), user.sql, source.sql]
        )
        return database.changesCount
    }

    public func settleDeadLetters(of source: String, receivedBefore time: Timestamp) throws {
        try run(
            "UPDATE gatehouse_webhooks SET is_applied = 1 WHERE state = 2 AND is_applied = 0 AND source = ? AND received < ?",
            [source.sql, time.milliseconds]
        )
    }

    public func deliveredVersion(of object: String, source: String) throws -> DeliveredVersion? {
        try row(
            "SELECT updated, told, tie, is_deletion FROM gatehouse_delivered WHERE source = ? AND object = ?",
            [source.sql, object.sql]
        ).map { DeliveredVersion(try ObjectVersion($0, at: 0), isDeletion: try $0.flag(3)) }
    }

    public func setDelivered(_ version: DeliveredVersion, of object: String, source: String) throws {
        try run(
            """
            INSERT INTO gatehouse_delivered (source, object, updated, told, tie, is_deletion) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, object) DO UPDATE SET updated = excluded.updated, told = excluded.told,
                tie = excluded.tie, is_deletion = excluded.is_deletion
            """,
            [
                source.sql, object.sql, version.version.updated, version.version.told, version.version.tie.sql,
                version.isDeletion,
            ]
        )
    }
}
#endif
