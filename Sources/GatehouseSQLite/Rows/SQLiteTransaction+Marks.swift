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

extension Invalidation {
    /// An invalidation in six columns.
    fileprivate init(_ row: Row, at column: Int) throws {
        let key = MarkKey(
            kind: Int(try row.number(column)),
            issuer: try row.text(column + 1),
            organization: try row.text(ofKey: column + 2),
            name: try row.text(column + 3)
        )
        guard let scope = key.scope else { throw Row.corrupt(column) }
        self.init(scope, revokedAt: try row.instant(column + 4))
    }
}

/// A mark's scope in columns.
private struct MarkKey {
    var kind: Int
    var issuer = ""
    var organization: String?
    var name = ""

    init(kind: Int, issuer: String, organization: String?, name: String) {
        (self.kind, self.issuer, self.organization, self.name) = (kind, issuer, organization, name)
    }

    init(_ scope: Invalidation.Scope) {
        switch scope {
        case .member(let member):
            self.init(kind: 0, issuer: member.issuer, organization: member.organization, name: member.user)
        case .user(let issuer, let user): self.init(kind: 1, issuer: issuer, organization: nil, name: user)
        case .organization(let issuer, let organization):
            self.init(kind: 2, issuer: issuer, organization: organization, name: "")
        case .role(let role): self.init(kind: 3, issuer: "", organization: nil, name: role)
        case .session(let issuer, let session): self.init(kind: 4, issuer: issuer, organization: nil, name: session)
        case .everything: self.init(kind: 5, issuer: "", organization: nil, name: "")
        }
    }

    var scope: Invalidation.Scope? {
        switch kind {
        case 0: .member(Member(name, in: organization, issuer: issuer))
        case 1: .user(issuer: issuer, user: name)
        case 2: .organization(issuer: issuer, organization: organization)
        case 3: .role(name)
        case 4: .session(issuer: issuer, session: name)
        case 5: .everything
        default: nil
        }
    }
}
#endif
