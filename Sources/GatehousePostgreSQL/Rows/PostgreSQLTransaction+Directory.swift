#if PostgreSQL
import GatehouseBase
public import GatehouseRecords

extension PostgreSQLTransaction {
    private static let userColumns = [
        "updated", "told", "tie", "is_deleted", "email", "first_name", "last_name", "username", "image_url",
        "created_at", "updated_at", "public_metadata", "is_banned", "is_locked", "is_deprovisioned",
        "password_changed",
    ]
    private static let organizationColumns = [
        "updated", "told", "tie", "is_deleted", "name", "slug", "image_url", "created_at", "updated_at",
        "public_metadata",
    ]
    private static let membershipColumns = [
        "updated", "told", "tie", "is_deleted", "member", "organization", "role", "created_at", "updated_at",
    ]

    private static func list(_ columns: [String]) -> String { "id, " + columns.joined(separator: ", ") }

    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? {
        try entry(.user, Self.userColumns, id, issuer) { try DirectoryUser($0, id: 0) }
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
                (user?.imageURL).sql, (user?.created?.milliseconds).sql, (user?.updated?.milliseconds).sql,
                (user?.publicMetadata.description).sql, .bool(user?.isBanned ?? false), .bool(user?.isLocked ?? false),
                .bool(user?.isDeprovisioned ?? false), (user?.passwordChanged?.milliseconds).sql,
            ]
        )
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        try page(.user, Self.userColumns, issuer, after: id, limit) { try DirectoryUser($0, id: 0) }
    }

    public func directoryIssuers() throws -> [String] {
        try database.rows(
            """
            SELECT issuer FROM gatehouse_users UNION SELECT issuer FROM gatehouse_organizations
            UNION SELECT issuer FROM gatehouse_memberships ORDER BY issuer
            """
        ).map { try $0.name(0) }
    }

    public func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>? {
        try entry(.organization, Self.organizationColumns, id, issuer) {
            try DirectoryOrganization($0, id: 0)
        }
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
                (organization?.created?.milliseconds).sql, (organization?.updated?.milliseconds).sql,
                (organization?.publicMetadata.description).sql,
            ]
        )
    }

    public func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization] {
        try page(.organization, Self.organizationColumns, issuer, after: id, limit) {
            try DirectoryOrganization($0, id: 0)
        }
    }

    public func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT id FROM \(kind.table) WHERE issuer = $1 AND id > $2 AND NOT is_deleted AND told < $3 ORDER BY id LIMIT $4
            """,
            [issuer.sql, (id ?? "").sql, .integer(milliseconds), .integer(Int64(limit))]
        ).map { try $0.name(0) }
    }

    public func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>? {
        try entry(.membership, Self.membershipColumns, id, issuer) { try DirectoryMembership($0, id: 0) }
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
                (membership?.created?.milliseconds).sql, (membership?.updated?.milliseconds).sql,
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
        var (condition, arguments): (String, [PostgreSQLValue]) = ("", [])
        if let user {
            condition += " AND member = $4"
            arguments.append(user.sql)
        }
        if let organization {
            condition += " AND organization = $\(4 + arguments.count)"
            arguments.append(organization.sql)
        }
        return try page(
            .membership,
            Self.membershipColumns,
            issuer,
            after: id,
            limit,
            condition,
            arguments
        ) { try DirectoryMembership($0, id: 0) }
    }

    /// An object that is held, or that was deleted.
    private func entry<Object>(
        _ kind: DirectoryKind,
        _ columns: [String],
        _ id: String,
        _ issuer: String,
        _ object: (PostgreSQLRow) throws -> Object
    ) throws -> DirectoryEntry<Object>? {
        try database.lock(.directory)
        return try database.row(
            "SELECT \(Self.list(columns)) FROM \(kind.table) WHERE issuer = $1 AND id = $2",
            [issuer.sql, id.sql]
        ).map { row in
            DirectoryEntry(try row.bool(4) ? nil : try object(row), version: try ObjectVersion(row, at: 1))
        }
    }

    private func put<Object>(
        _ kind: DirectoryKind,
        _ columns: [String],
        _ id: String,
        _ issuer: String,
        _ entry: DirectoryEntry<Object>,
        _ values: [PostgreSQLValue]
    ) throws {
        try database.lock(.directory)
        try put(
            kind.table,
            key: ["issuer", "id"],
            columns: columns,
            [issuer.sql, id.sql] + entry.version.sql + [.bool(entry.isDeleted)] + values
        )
    }

    private func page<Object>(
        _ kind: DirectoryKind,
        _ columns: [String],
        _ issuer: String,
        after id: String?,
        _ limit: Int,
        _ condition: String = "",
        _ arguments: [PostgreSQLValue] = [],
        _ object: (PostgreSQLRow) throws -> Object
    ) throws -> [Object] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT \(Self.list(columns)) FROM \(kind.table)
            WHERE issuer = $1 AND id > $2 AND NOT is_deleted\(condition) ORDER BY id LIMIT $3
            """,
            [issuer.sql, (id ?? "").sql, .integer(Int64(limit))] + arguments
        ).map { try object($0) }
    }
}
#endif
