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
        ).map { try Holding($0) }
    }

    public func holdings(issuer: String, at time: Timestamp) throws -> [Holding] {
        try rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY user, organization, number
            """,
            [issuer.sql, time.milliseconds]
        ).map { try Holding($0) }
    }

    public func holdingIssuers() throws -> [String] {
        try rows("SELECT DISTINCT issuer FROM gatehouse_holdings ORDER BY issuer").map { try $0.text(0) }
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
        ).map { row in
            let key = MarkKey(
                kind: Int(try row.number(0)),
                issuer: try row.text(1),
                organization: try row.text(ofKey: 2),
                name: try row.text(3)
            )
            guard let scope = key.scope else { throw Row.corrupt(0) }
            return Invalidation(scope, revokedAt: try row.instant(4))
        }
    }

    public func removeMarks(before time: Timestamp) throws {
        try run("DELETE FROM gatehouse_marks WHERE instant_seconds < ?", [time.seconds])
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

extension Holding {
    fileprivate init(_ row: Row) throws {
        let resource: ResourceID?
        if let type = try row.text(ifAny: 4), let id = try row.text(ifAny: 5) {
            guard let named = ResourceID(type: type, id: id) else { throw Row.corrupt(4) }
            resource = named
        } else {
            resource = nil
        }
        self.init(
            RoleAssignment(
                try row.text(3),
                on: resource,
                notBefore: try row.instant(6),
                notAfter: try row.instant(8)
            ),
            of: Member(try row.text(1), in: try row.text(ofKey: 2), issuer: try row.text(0)),
            membership: try row.text(ifAny: 10),
            since: try row.time(11),
            until: try row.time(ifAny: 12)
        )
    }
}
#endif
