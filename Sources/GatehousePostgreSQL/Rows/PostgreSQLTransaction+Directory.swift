#if PostgreSQL
public import GatehouseRecords

extension PostgreSQLTransaction {
    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? { try entry(id, issuer) }

    public func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws {
        try put(entry, id, issuer)
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        try page(issuer, after: id, limit)
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
        try entry(id, issuer)
    }

    public func setOrganization(
        _ entry: DirectoryEntry<DirectoryOrganization>,
        id: String,
        issuer: String
    ) throws {
        try put(entry, id, issuer)
    }

    public func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization] {
        try page(issuer, after: id, limit)
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
        try entry(id, issuer)
    }

    public func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws {
        try put(entry, id, issuer)
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
        return try page(issuer, after: id, limit, condition, arguments)
    }

    /// Returns the state of an object, which may be deleted; `nil` if the directory has never had the object.
    private func entry<Object: StoredObject>(_ id: String, _ issuer: String) throws -> DirectoryEntry<Object>? {
        try database.lock(.directory)
        return try database.row(
            "SELECT \(Object.list) FROM \(Object.kind.table) WHERE issuer = $1 AND id = $2",
            [issuer.sql, id.sql]
        ).map { try DirectoryEntry($0) }
    }

    private func put<Object: StoredObject>(_ entry: DirectoryEntry<Object>, _ id: String, _ issuer: String) throws {
        try database.lock(.directory)
        try put(
            Object.kind.table,
            key: ["issuer", "id"],
            columns: Array(Object.names.dropFirst()),
            [issuer.sql, id.sql] + entry.values.map(\.sql)
        )
    }

    private func page<Object: StoredObject>(
        _ issuer: String,
        after id: String?,
        _ limit: Int,
        _ condition: String = "",
        _ arguments: [PostgreSQLValue] = []
    ) throws -> [Object] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT \(Object.list) FROM \(Object.kind.table)
            WHERE issuer = $1 AND id > $2 AND NOT is_deleted\(condition) ORDER BY id LIMIT $3
            """,
            [issuer.sql, (id ?? "").sql, .integer(Int64(limit))] + arguments
        ).map { try Object($0) }
    }
}

extension StoredObject {
    /// The names of the columns in PostgreSQL, where `user` is a reserved word.
    fileprivate static var names: [String] { columns.map { $0 == "user" ? "member" : $0 } }

    fileprivate static var list: String { names.joined(separator: ", ") }
}

extension StoredValue {
    /// The value as an argument of a statement.
    fileprivate var sql: PostgreSQLValue {
        switch self {
        case .text(let text): text.sql
        case .integer(let number): number.sql
        case .bool(let value): .bool(value)
        }
    }
}
#endif
