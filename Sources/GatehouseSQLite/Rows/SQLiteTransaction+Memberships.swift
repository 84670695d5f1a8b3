#if SQLite
import GRDB
public import GatehouseRecords

extension SQLiteTransaction {
    private static let membershipColumns =
        "updated, told, tie, is_deleted, id, user, organization, role, created_at, updated_at"

    public func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>? {
        try row(
            "SELECT \(Self.membershipColumns) FROM gatehouse_memberships WHERE issuer = ? AND id = ?",
            [issuer.sql, id.sql]
        ).map { row in
            DirectoryEntry(
                try row.flag(3) ? nil : try DirectoryMembership(row, id: 4),
                version: try ObjectVersion(row, at: 0)
            )
        }
    }

    public func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws {
        let membership = entry.object
        try run(
            """
            INSERT OR REPLACE INTO gatehouse_memberships (issuer, \(Self.membershipColumns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                issuer.sql, entry.version.updated, entry.version.told, entry.version.tie.sql, entry.isDeleted, id.sql,
                (membership?.user).sql, (membership?.organization).sql, (membership?.role).sql,
                membership?.created?.milliseconds, membership?.updated?.milliseconds,
            ]
        )
    }

    public func memberships(
        issuer: String,
        user: String?,
        organization: String?,
        after id: String?,
        limit: Int
    ) throws -> [DirectoryMembership] {
        var conditions = ""
        var arguments: [(any DatabaseValueConvertible)?] = [issuer.sql, (id ?? "").sql]
        if let user {
            conditions += " AND user = ?"
            arguments.append(user.sql)
        }
        if let organization {
            conditions += " AND organization = ?"
            arguments.append(organization.sql)
        }
        arguments.append(limit)
        return try rows(
            """
            SELECT \(Self.membershipColumns) FROM gatehouse_memberships
            WHERE issuer = ? AND id > ? AND is_deleted = 0\(conditions) ORDER BY id LIMIT ?
            """,
            StatementArguments(arguments)
        ) { try DirectoryMembership($0, id: 4) }
    }
}
#endif
