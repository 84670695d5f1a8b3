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
            DirectoryEntry(try row.flag(3) ? nil : try DirectoryUser(row), version: try ObjectVersion(row, at: 0))
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
        ) { try DirectoryUser($0) }
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
                try row.flag(3) ? nil : try DirectoryOrganization(row),
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
        ) { try DirectoryOrganization($0) }
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

extension DirectoryUser {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.text(4),
            email: try row.text(ifAny: 5),
            firstName: try row.text(ifAny: 6),
            lastName: try row.text(ifAny: 7),
            username: try row.text(ifAny: 8),
            imageURL: try row.text(ifAny: 9),
            created: try row.time(ifAny: 10),
            updated: try row.time(ifAny: 11),
            publicMetadata: try row.json(12),
            isBanned: try row.flag(13),
            isLocked: try row.flag(14),
            isDeprovisioned: try row.flag(15),
            passwordChanged: try row.time(ifAny: 16)
        )
    }
}

extension DirectoryOrganization {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.text(4),
            name: try row.text(ifAny: 5),
            slug: try row.text(ifAny: 6),
            imageURL: try row.text(ifAny: 7),
            created: try row.time(ifAny: 8),
            updated: try row.time(ifAny: 9),
            publicMetadata: try row.json(10)
        )
    }
}

extension Row {
    /// A JSON object in a column.
    fileprivate func json(_ column: Int) throws -> JSONValue {
        guard let text = try text(ifAny: column) else { return [:] }
        guard let document = try? JSONDocument(parsing: Array(text.utf8), maximumDepth: 512) else {
            throw Self.corrupt(column)
        }
        return JSONValue(document.root)
    }
}
#endif
