#if SQLite
import GRDB
import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let userColumns = """
        updated, told, tie, is_deleted, id, email, first_name, last_name, username, image_url, created_at, updated_at,
        public_metadata, is_banned, is_locked, is_deprovisioned, password_changed
        """
    private static let organizationColumns =
        "updated, told, tie, is_deleted, id, name, slug, image_url, created_at, updated_at, public_metadata"
    private static let membershipColumns =
        "updated, told, tie, is_deleted, id, user, organization, role, created_at, updated_at"

    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? {
        try entry(.user, Self.userColumns, id, issuer) { try DirectoryUser($0, id: 4) }
    }

    public func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws {
        let user = entry.object
        try put(
            .user,
            Self.userColumns,
            id,
            issuer,
            entry,
            [
                (user?.email).sql, (user?.firstName).sql, (user?.lastName).sql, (user?.username).sql,
                (user?.imageURL).sql, user?.created?.milliseconds, user?.updated?.milliseconds,
                (user?.publicMetadata.description).sql, user?.isBanned ?? false, user?.isLocked ?? false,
                user?.isDeprovisioned ?? false, user?.passwordChanged?.milliseconds,
            ]
        )
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        try page(.user, Self.userColumns, issuer, after: id, limit, id: \.id) { try DirectoryUser($0, id: 4) }
    }

    public func directoryIssuers() throws -> [String] {
        try names(
            """
            SELECT issuer FROM gatehouse_users UNION SELECT issuer FROM gatehouse_organizations
            UNION SELECT issuer FROM gatehouse_memberships
            """
        )
    }

    public func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>? {
        try entry(.organization, Self.organizationColumns, id, issuer) { try DirectoryOrganization($0, id: 4) }
    }

    public func setOrganization(
        _ entry: DirectoryEntry<DirectoryOrganization>,
        id: String,
        issuer: String
    ) throws {
        let organization = entry.object
        try put(
            .organization,
            Self.organizationColumns,
            id,
            issuer,
            entry,
            [
                (organization?.name).sql, (organization?.slug).sql, (organization?.imageURL).sql,
                organization?.created?.milliseconds, organization?.updated?.milliseconds,
                (organization?.publicMetadata.description).sql,
            ]
        )
    }

    public func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization] {
        try page(.organization, Self.organizationColumns, issuer, after: id, limit, id: \.id) {
            try DirectoryOrganization($0, id: 4)
        }
    }

    public func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String] {
        try page(kind, "id", issuer, after: id, limit, " AND told < ?", [milliseconds], id: \.self) { try $0.text(0) }
    }

    public func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>? {
        try entry(.membership, Self.membershipColumns, id, issuer) { try DirectoryMembership($0, id: 4) }
    }

    public func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws {
        let membership = entry.object
        try put(
            .membership,
            Self.membershipColumns,
            id,
            issuer,
            entry,
            [
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
        var (condition, arguments): (String, [(any DatabaseValueConvertible)?]) = ("", [])
        if let user {
            condition += " AND user = ?"
            arguments.append(user.sql)
        }
        if let organization {
            condition += " AND organization = ?"
            arguments.append(organization.sql)
        }
        return try page(
            .membership,
            Self.membershipColumns,
            issuer,
            after: id,
            limit,
            condition,
            arguments,
            id: \.id
        ) { try DirectoryMembership($0, id: 4) }
    }

    /// An object that is held, or that was deleted.
    private func entry<Object>(
        _ kind: DirectoryKind,
        _ columns: String,
        _ id: String,
        _ issuer: String,
        _ object: (Row) throws -> Object
    ) throws -> DirectoryEntry<Object>? {
        try row(
            "SELECT \(columns) FROM \(kind.table) WHERE issuer = ? AND id = ?",
            [issuer.sql, id.sql]
        ).map { row in
            DirectoryEntry(try row.flag(3) ? nil : try object(row), version: try ObjectVersion(row, at: 0))
        }
    }

    private func put<Object>(
        _ kind: DirectoryKind,
        _ columns: String,
        _ id: String,
        _ issuer: String,
        _ entry: DirectoryEntry<Object>,
        _ values: [(any DatabaseValueConvertible)?]
    ) throws {
        let version = entry.version
        let key: [(any DatabaseValueConvertible)?] = [
            issuer.sql, version.updated, version.told, version.tie.sql, entry.isDeleted, id.sql,
        ]
        let places = repeatElement("?", count: key.count + values.count).joined(separator: ", ")
        try run(
            "INSERT OR REPLACE INTO \(kind.table) (issuer, \(columns)) VALUES (\(places))",
            StatementArguments(key + values)
        )
    }

    private func page<Object>(
        _ kind: DirectoryKind,
        _ columns: String,
        _ issuer: String,
        after id: String?,
        _ limit: Int,
        _ condition: String = "",
        _ arguments: [(any DatabaseValueConvertible)?] = [],
        id idOfObject: (Object) -> String,
        _ object: (Row) throws -> Object
    ) throws -> [Object] {
        try page(
            "SELECT \(columns) FROM \(kind.table) WHERE issuer = ? AND is_deleted = 0\(condition)",
            [issuer.sql] + arguments,
            after: id,
            limit: limit,
            id: idOfObject,
            object
        )
    }
}
#endif
