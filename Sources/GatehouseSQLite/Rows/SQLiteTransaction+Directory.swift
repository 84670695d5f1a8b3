#if SQLite
import GRDB
public import GatehouseRecords

extension SQLiteTransaction {
    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? { try entry(id, issuer) }

    public func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws {
        try put(entry, id, issuer)
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        try page(issuer, after: id, limit)
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
        try page(
            "SELECT id FROM \(kind.table) WHERE issuer = ? AND is_deleted = 0 AND told < ?",
            [issuer.sql, milliseconds],
            after: id,
            limit: limit,
            id: \.self
        ) { try $0.text(0) }
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
        var (condition, arguments): (String, [(any DatabaseValueConvertible)?]) = ("", [])
        if let user {
            condition += " AND user = ?"
            arguments.append(user.sql)
        }
        if let organization {
            condition += " AND organization = ?"
            arguments.append(organization.sql)
        }
        return try page(issuer, after: id, limit, condition, arguments)
    }

    /// Returns the state of an object, which may be deleted; `nil` if the directory has never had the object.
    private func entry<Object: StoredObject>(_ id: String, _ issuer: String) throws -> DirectoryEntry<Object>? {
        try row(
            "SELECT \(Object.list) FROM \(Object.kind.table) WHERE issuer = ? AND id = ?",
            [issuer.sql, id.sql]
        ).map { try DirectoryEntry($0) }
    }

    private func put<Object: StoredObject>(_ entry: DirectoryEntry<Object>, _ id: String, _ issuer: String) throws {
        let values: [(any DatabaseValueConvertible)?] = [issuer.sql, id.sql] + entry.values.map(\.sql)
        let places = repeatElement("?", count: values.count).joined(separator: ", ")
        try run(
            "INSERT OR REPLACE INTO \(Object.kind.table) (issuer, \(Object.list)) VALUES (\(places))",
            StatementArguments(values)
        )
    }

    private func page<Object: StoredObject>(
        _ issuer: String,
        after id: String?,
        _ limit: Int,
        _ condition: String = "",
        _ arguments: [(any DatabaseValueConvertible)?] = []
    ) throws -> [Object] {
        try page(
            "SELECT \(Object.list) FROM \(Object.kind.table) WHERE issuer = ? AND is_deleted = 0\(condition)",
            [issuer.sql] + arguments,
            after: id,
            limit: limit,
            id: \.id
        ) { try Object($0) }
    }
}

extension StoredObject {
    fileprivate static var list: String { columns.joined(separator: ", ") }
}

extension StoredValue {
    /// The value as an argument of a statement.
    fileprivate var sql: (any DatabaseValueConvertible)? {
        switch self {
        case .text(let text): text.sql
        case .integer(let number): number
        case .bool(let value): value
        }
    }
}
#endif
