#if SQLite
import Foundation
import GRDB
import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let userColumns = """
        updated, told, tie, is_deleted, id, email, first_name, last_name, username, image_url, created_at, updated_at,
        public_metadata, is_banned, is_locked, is_deprovisioned, password_changed
        """

    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? {
        try row(
            "SELECT \(Self.userColumns) FROM gatehouse_users WHERE issuer = ? AND id = ?",
            [issuer.sql, id.sql]
        ).map { row in
            DirectoryEntry(
                try row.flag(3) ? nil : try DirectoryUser(row, id: 4),
                version: try ObjectVersion(row, at: 0)
            )
        }
    }

    public func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws {
        let user = entry.object
        try run(
            """
            INSERT OR REPLACE INTO gatehouse_users (issuer, \(Self.userColumns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                issuer.sql, entry.version.updated, entry.version.told, entry.version.tie.sql, entry.isDeleted, id.sql,
                (user?.email).sql, (user?.firstName).sql, (user?.lastName).sql, (user?.username).sql,
                (user?.imageURL).sql, user?.created?.milliseconds, user?.updated?.milliseconds,
                (user?.publicMetadata.description).sql, user?.isBanned ?? false, user?.isLocked ?? false,
                user?.isDeprovisioned ?? false, user?.passwordChanged?.milliseconds,
            ]
        )
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        try rows(
            """
            SELECT \(Self.userColumns) FROM gatehouse_users WHERE issuer = ? AND id > ? AND is_deleted = 0
            ORDER BY id LIMIT ?
            """,
            [issuer.sql, (id ?? "").sql, limit]
        ) { try DirectoryUser($0, id: 4) }
    }

    public func directoryIssuers() throws -> [String] {
        try rows(
            """
            SELECT issuer FROM gatehouse_users UNION SELECT issuer FROM gatehouse_organizations
            UNION SELECT issuer FROM gatehouse_memberships ORDER BY issuer
            """
        ) { try $0.text(0) }
    }

    private static let organizationColumns =
        "updated, told, tie, is_deleted, id, name, slug, image_url, created_at, updated_at, public_metadata"

    public func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>? {
        try row(
            "SELECT \(Self.organizationColumns) FROM gatehouse_organizations WHERE issuer = ? AND id = ?",
            [issuer.sql, id.sql]
        ).map { row in
            DirectoryEntry(
                try row.flag(3) ? nil : try DirectoryOrganization(row, id: 4),
                version: try ObjectVersion(row, at: 0)
            )
        }
    }

    public func setOrganization(
        _ entry: DirectoryEntry<DirectoryOrganization>,
        id: String,
        issuer: String
    ) throws {
        let organization = entry.object
        try run(
            """
            INSERT OR REPLACE INTO gatehouse_organizations (issuer, \(Self.organizationColumns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                issuer.sql, entry.version.updated, entry.version.told, entry.version.tie.sql, entry.isDeleted, id.sql,
                (organization?.name).sql, (organization?.slug).sql, (organization?.imageURL).sql,
                organization?.created?.milliseconds, organization?.updated?.milliseconds,
                (organization?.publicMetadata.description).sql,
            ]
        )
    }

    public func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization] {
        try rows(
            """
            SELECT \(Self.organizationColumns) FROM gatehouse_organizations
            WHERE issuer = ? AND id > ? AND is_deleted = 0 ORDER BY id LIMIT ?
            """,
            [issuer.sql, (id ?? "").sql, limit]
        ) { try DirectoryOrganization($0, id: 4) }
    }

    public func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String] {
        let table =
            switch kind {
            case .user: "gatehouse_users"
            case .organization: "gatehouse_organizations"
            case .membership: "gatehouse_memberships"
            }
        return try rows(
            "SELECT id FROM \(table) WHERE issuer = ? AND id > ? AND is_deleted = 0 AND told < ? ORDER BY id LIMIT ?",
            [issuer.sql, (id ?? "").sql, milliseconds, limit]
        ) { try $0.text(0) }
    }
}
#endif
