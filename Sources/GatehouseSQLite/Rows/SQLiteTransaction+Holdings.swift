#if SQLite
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let columns = """
        issuer, user, organization, role, resource_type, resource_id, not_before_seconds, not_before_nanoseconds,
        not_after_seconds, not_after_nanoseconds, membership, since, until
        """

    public func holdings(of member: Member) throws -> [Holding] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ? AND organization = ? AND user = ? AND until IS NULL ORDER BY number
            """,
            [member.issuer.sql, member.organization.sqlKey, member.user.sql]
        ) { try Holding($0) }
    }

    public func holdings(ofUser user: String, issuer: String) throws -> [Holding] {
        try rows(
            "SELECT \(Self.columns) FROM gatehouse_holdings WHERE issuer = ? AND user = ? AND until IS NULL ORDER BY number",
            [issuer.sql, user.sql]
        ) { try Holding($0) }
    }

    public func holdings(inOrganization organization: String, issuer: String) throws -> [Holding] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ? AND organization = ? AND until IS NULL ORDER BY number
            """,
            [issuer.sql, Optional(organization).sqlKey]
        ) { try Holding($0) }
    }

    public func holdings(issuer: String, at time: Timestamp) throws -> [Holding] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY user, organization, number
            """,
            [issuer.sql, time.milliseconds]
        ) { try Holding($0) }
    }

    public func holdingIssuers() throws -> [String] {
        try rows("SELECT DISTINCT issuer FROM gatehouse_holdings ORDER BY issuer") { try $0.text(0) }
    }

    public func begin(_ holding: Holding) throws {
        let role = holding.role
        try run(
            """
            INSERT INTO gatehouse_holdings (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                holding.member.issuer.sql, holding.member.user.sql, holding.member.organization.sqlKey, role.role.sql,
                (role.resource?.type).sql, (role.resource?.id).sql, role.notBefore?.seconds,
                role.notBefore?.nanoseconds, role.notAfter?.seconds, role.notAfter?.nanoseconds, holding.membership.sql,
                holding.since.milliseconds, holding.until?.milliseconds,
            ]
        )
    }

    public func end(_ holding: Holding, at time: Timestamp) throws {
        let role = holding.role
        try run(
            """
            UPDATE gatehouse_holdings SET until = ?
            WHERE issuer = ? AND organization = ? AND user = ? AND until IS NULL AND role = ? AND membership IS ?
                AND resource_type IS ? AND resource_id IS ?
            """,
            [
                time.milliseconds, holding.member.issuer.sql, holding.member.organization.sqlKey,
                holding.member.user.sql, role.role.sql, holding.membership.sql, (role.resource?.type).sql,
                (role.resource?.id).sql,
            ]
        )
    }

    public func advanceRevision() throws -> MembershipRevision {
        try run("UPDATE gatehouse_state SET revision = revision + 1")
        return try revision()
    }

    public func revision() throws -> MembershipRevision {
        guard let row = try row("SELECT revision FROM gatehouse_state"), let number = UInt64(exactly: try row.number(0))
        else { throw RecordStoreError(.corrupt, "the store has no revision") }
        return MembershipRevision(number)
    }

    public func note(_ name: String) throws -> String? {
        try row("SELECT text FROM gatehouse_notes WHERE name = ?", [name.sql])?.text(0)
    }

    public func setNote(_ text: String?, _ name: String) throws {
        if let text {
            try run("INSERT OR REPLACE INTO gatehouse_notes (name, text) VALUES (?, ?)", [name.sql, text.sql])
        } else {
            try run("DELETE FROM gatehouse_notes WHERE name = ?", [name.sql])
        }
    }
}
#endif
