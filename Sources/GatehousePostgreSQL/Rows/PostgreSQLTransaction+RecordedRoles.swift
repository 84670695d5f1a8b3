#if PostgreSQL
public import Gatehouse
public import GatehouseBase
public import GatehouseRecords

extension PostgreSQLTransaction {
    private static let columns = """
        issuer, member, organization, role, resource_type, resource_id, not_before_seconds, not_before_nanoseconds,
        not_after_seconds, not_after_nanoseconds, membership, since, until
        """

    public func recordedRoles(of member: Member) throws -> [RecordedRole] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = $1 AND organization = $2 AND member = $3 AND until IS NULL ORDER BY number
            """,
            [member.issuer.sql, member.organization.sqlKey, member.user.sql]
        ).map { try RecordedRole($0) }
    }

    public func recordedRoles(ofUser user: String, issuer: String) throws -> [RecordedRole] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = $1 AND member = $2 AND until IS NULL ORDER BY number
            """,
            [issuer.sql, user.sql]
        ).map { try RecordedRole($0) }
    }

    public func recordedRoles(inOrganization organization: String, issuer: String) throws -> [RecordedRole] {
        try database.lock(.directory)
        return try database.rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = $1 AND organization = $2 AND until IS NULL ORDER BY number
            """,
            [issuer.sql, Optional(organization).sqlKey]
        ).map { try RecordedRole($0) }
    }

    public func recordedRoles(issuer: String, at time: Timestamp) throws -> [RecordedRole] {
        try database.rows(
            """
            SELECT \(Self.columns) FROM gatehouse_holdings
            WHERE issuer = $1 AND since <= $2 AND (until IS NULL OR until > $2) ORDER BY member, organization, number
            """,
            [issuer.sql, .integer(time.milliseconds)]
        ).map { try RecordedRole($0) }
    }

    public func roleIssuers() throws -> [String] {
        try database.rows("SELECT DISTINCT issuer FROM gatehouse_holdings ORDER BY issuer").map { try $0.name(0) }
    }

    public func begin(_ recorded: RecordedRole) throws {
        try database.lock(.directory)
        let role = recorded.role
        try database.executeLater(
            """
            INSERT INTO gatehouse_holdings (\(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                recorded.member.issuer.sql, recorded.member.user.sql, recorded.member.organization.sqlKey,
                role.role.sql,
                (role.resource?.type).sql, (role.resource?.id).sql, (role.notBefore?.seconds).sql,
                (role.notBefore?.nanoseconds).map { Int64($0) }.sql, (role.notAfter?.seconds).sql,
                (role.notAfter?.nanoseconds).map { Int64($0) }.sql, recorded.membership.sql,
                .integer(recorded.since.milliseconds), (recorded.until?.milliseconds).sql,
            ]
        )
        database.tell(Invalidation(.member(recorded.member)))
    }

    public func end(_ recorded: RecordedRole, at time: Timestamp) throws {
        try database.lock(.directory)
        let role = recorded.role
        try database.executeLater(
            """
            UPDATE gatehouse_holdings SET until = $1
            WHERE issuer = $2 AND organization = $3 AND member = $4 AND until IS NULL AND role = $5
                AND membership IS NOT DISTINCT FROM $6::text AND resource_type IS NOT DISTINCT FROM $7::text
                AND resource_id IS NOT DISTINCT FROM $8::text
            """,
            [
                .integer(time.milliseconds), recorded.member.issuer.sql, recorded.member.organization.sqlKey,
                recorded.member.user.sql, role.role.sql, recorded.membership.sql, (role.resource?.type).sql,
                (role.resource?.id).sql,
            ]
        )
        database.tell(Invalidation(.member(recorded.member)))
    }

    public func advanceRevision() throws -> MembershipRevision {
        // The row is held until the end of the transaction, so that a higher revision is never seen before a lower one.
        let row = try database.row("UPDATE gatehouse_state SET revision = revision + 1 RETURNING revision")
        database.revision = try row?.integer(0)
        return try revision(of: row)
    }

    public func revision() throws -> MembershipRevision {
        try revision(of: database.row("SELECT revision FROM gatehouse_state"))
    }

    private func revision(of row: PostgreSQLRow?) throws -> MembershipRevision {
        guard let number = try row.flatMap({ UInt64(exactly: try $0.integer(0)) }) else {
            throw RecordStoreError(.corrupt, "the store has no revision")
        }
        return MembershipRevision(number)
    }

    public func mark(_ invalidation: Invalidation) throws {
        guard let instant = invalidation.revokedAt else { return }
        let key = MarkKey(invalidation.scope)
        try database.executeLater(
            """
            INSERT INTO gatehouse_marks AS held (kind, issuer, organization, name, instant_seconds, instant_nanoseconds)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (kind, issuer, organization, name) DO UPDATE
            SET instant_seconds = excluded.instant_seconds, instant_nanoseconds = excluded.instant_nanoseconds
            WHERE (excluded.instant_seconds, excluded.instant_nanoseconds)
                > (held.instant_seconds, held.instant_nanoseconds)
            """,
            [
                .integer(key.kind), key.issuer.sql, key.organization.sqlKey, key.name.sql, .integer(instant.seconds),
                .integer(Int64(instant.nanoseconds)),
            ]
        )
        database.tell(invalidation)
    }

    public func marks(since time: Timestamp) throws -> [Invalidation] {
        try database.rows(
            """
            SELECT kind, issuer, organization, name, instant_seconds, instant_nanoseconds FROM gatehouse_marks
            WHERE instant_seconds >= $1
            """,
            [.integer(time.seconds)]
        ).map { try Invalidation($0, at: 0) }
    }

    public func addUntold(_ invalidation: Invalidation) throws -> UntoldInvalidation {
        let key = MarkKey(invalidation.scope)
        let row = try database.row(
            """
            INSERT INTO gatehouse_untold (kind, issuer, organization, name, instant_seconds, instant_nanoseconds)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING number
            """,
            [
                .integer(key.kind), key.issuer.sql, key.organization.sqlKey, key.name.sql,
                (invalidation.revokedAt?.seconds).sql, (invalidation.revokedAt.map { Int64($0.nanoseconds) }).sql,
            ]
        )
        guard let number = try row?.integer(0) else {
            throw RecordStoreError(.corrupt, "the server gave no number to what has to be told")
        }
        return UntoldInvalidation(number: number, invalidation)
    }

    public func untold(after number: Int64, limit: Int) throws -> [UntoldInvalidation] {
        try database.rows(
            """
            SELECT number, kind, issuer, organization, name, instant_seconds, instant_nanoseconds FROM gatehouse_untold
            WHERE number > $1 ORDER BY number LIMIT $2
            """,
            [.integer(number), .integer(Int64(limit))]
        ).map { UntoldInvalidation(number: try $0.integer(0), try Invalidation($0, at: 1)) }
    }

    public func removeUntold(_ numbers: [Int64]) throws {
        // Two nodes that remove the same do so in the same order.
        for number in numbers.sorted() {
            try database.executeLater("DELETE FROM gatehouse_untold WHERE number = $1", [.integer(number)])
        }
    }

    public func removeMarks(before time: Timestamp) throws {
        try database.executeLater("DELETE FROM gatehouse_marks WHERE instant_seconds < $1", [.integer(time.seconds)])
    }

    public func note(_ name: String) throws -> String? {
        try database.lock(.directory)
        return try database.row("SELECT content FROM gatehouse_notes WHERE name = $1", [name.sql])?.name(0)
    }

    public func setNote(_ text: String?, _ name: String) throws {
        try database.lock(.directory)
        if let text {
            try put("gatehouse_notes", key: ["name"], columns: ["content"], [name.sql, text.sql])
        } else {
            try database.executeLater("DELETE FROM gatehouse_notes WHERE name = $1", [name.sql])
        }
    }
}
#endif
