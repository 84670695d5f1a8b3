#if SQLite
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    private static let columns = """
        issuer, user, organization, role, resource_type, resource_id, not_before_seconds, not_before_nanoseconds,
        not_after_seconds, not_after_nanoseconds, membership, since, until
        """

    public func recordedRoles(of member: Member) throws -> [RecordedRole] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ? AND organization = ? AND user = ? AND until IS NULL ORDER BY number
            """,
            [member.issuer.sql, member.organization.sqlKey, member.user.sql]
        ) { try RecordedRole($0) }
    }

    public func recordedRoles(ofUser user: String, issuer: String) throws -> [RecordedRole] {
        try rows(
            "SELECT \(Self.columns) FROM gatehouse_holdings WHERE issuer = ? AND user = ? AND until IS NULL ORDER BY number",
            [issuer.sql, user.sql]
        ) { try RecordedRole($0) }
    }

    public func recordedRoles(inOrganization organization: String, issuer: String) throws -> [RecordedRole] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ? AND organization = ? AND until IS NULL ORDER BY number
            """,
            [issuer.sql, Optional(organization).sqlKey]
        ) { try RecordedRole($0) }
    }

    public func recordedRoles(issuer: String, at time: Timestamp) throws -> [RecordedRole] {
        let held = try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY number
            """,
            [issuer.sql, time.milliseconds]
        ) { try RecordedRole($0) }
        // SQLite puts texts with a NUL, which are blobs, behind all others.
        return held.enumerated().sorted { lhs, rhs in
            let (mine, theirs) = (lhs.element.member, rhs.element.member)
            return (ByteText(mine.user), ByteText(mine.organization ?? ""), lhs.offset)
                < (ByteText(theirs.user), ByteText(theirs.organization ?? ""), rhs.offset)
        }.map(\.element)
    }

    public func roleIssuers() throws -> [String] {
        try names("SELECT DISTINCT issuer FROM gatehouse_holdings")
    }

    public func begin(_ recorded: RecordedRole) throws {
        let role = recorded.role
        try run(
            """
            INSERT INTO gatehouse_holdings (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                recorded.member.issuer.sql, recorded.member.user.sql, recorded.member.organization.sqlKey,
                role.role.sql,
                (role.resource?.type).sql, (role.resource?.id).sql, role.notBefore?.seconds,
                role.notBefore?.nanoseconds, role.notAfter?.seconds, role.notAfter?.nanoseconds,
                recorded.membership.sql,
                recorded.since.milliseconds, recorded.until?.milliseconds,
            ]
        )
    }

    public func end(_ recorded: RecordedRole, at time: Timestamp) throws {
        let role = recorded.role
        try run(
            """
            UPDATE gatehouse_holdings SET until = ?
            WHERE issuer = ? AND organization = ? AND user = ? AND until IS NULL AND role = ? AND membership IS ?
                AND resource_type IS ? AND resource_id IS ?
            """,
            [
                time.milliseconds, recorded.member.issuer.sql, recorded.member.organization.sqlKey,
                recorded.member.user.sql, role.role.sql, recorded.membership.sql, (role.resource?.type).sql,
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
