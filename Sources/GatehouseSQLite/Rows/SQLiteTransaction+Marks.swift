#if SQLite
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    public func mark(_ invalidation: Invalidation) throws {
        guard let instant = invalidation.revokedAt else { return }
        let key = MarkKey(invalidation.scope)
        try run(
            """
            INSERT INTO gatehouse_marks (kind, issuer, organization, name, instant_seconds, instant_nanoseconds)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET instant_seconds = excluded.instant_seconds,
                instant_nanoseconds = excluded.instant_nanoseconds
            WHERE (excluded.instant_seconds, excluded.instant_nanoseconds) > (instant_seconds, instant_nanoseconds)
            """,
            [
                key.kind, key.issuer.sql, key.organization.sqlKey, key.name.sql, instant.seconds, instant.nanoseconds,
            ]
        )
    }

    public func marks(since time: Timestamp) throws -> [Invalidation] {
        try rows(
            """
            SELECT kind, issuer, organization, name, instant_seconds, instant_nanoseconds FROM gatehouse_marks
            WHERE instant_seconds >= ?
            """,
            [time.seconds]
        ) { try Invalidation($0, at: 0) }
    }

    public func removeMarks(before time: Timestamp) throws {
        try run("DELETE FROM gatehouse_marks WHERE instant_seconds < ?", [time.seconds])
    }

    public func addUntold(_ invalidation: Invalidation) throws -> UntoldInvalidation {
        let key = MarkKey(invalidation.scope)
        try run(
            """
            INSERT INTO gatehouse_untold (kind, issuer, organization, name, instant_seconds, instant_nanoseconds)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                key.kind, key.issuer.sql, key.organization.sqlKey, key.name.sql, invalidation.revokedAt?.seconds,
                invalidation.revokedAt?.nanoseconds,
            ]
        )
        return UntoldInvalidation(number: database.lastInsertedRowID, invalidation)
    }

    public func untold(after number: Int64, limit: Int) throws -> [UntoldInvalidation] {
        try rows(
            """
            SELECT number, kind, issuer, organization, name, instant_seconds, instant_nanoseconds FROM gatehouse_untold
            WHERE number > ? ORDER BY number LIMIT ?
            """,
            [number, limit]
        ) { UntoldInvalidation(number: try $0.number(0), try Invalidation($0, at: 1)) }
    }

    public func removeUntold(_ numbers: [Int64]) throws {
        for number in numbers { try run("DELETE FROM gatehouse_untold WHERE number = ?", [number]) }
    }
}
#endif
