public import GatehouseBase

/// The report of a period: totals by type, and the events.
public struct AuditReport: Sendable, Hashable {
    /// The start of the period; `nil` for the first record.
    public var since: Timestamp?
    /// The end of the period; `nil` for the last record.
    public var until: Timestamp?
    /// The number of records of each type, sorted by the bytes of the types' names.
    public var types: [(name: String, count: Int)] { counts.map { ($0.type, $0.count) } }
    /// The number of records.
    public var total: Int
    /// The number of denials, of permissions and of other requirements.
    public var denials: Int
    /// The number of failed sign-ins that the application recorded.
    public var failedSignIns: Int
    /// The number of password changes, by the time of the last change in an event of the user.
    public var passwordChanges: Int
    /// The latest records without allowed decisions, in the order of writing.
    public var events: [AuditRow]
    /// The limits of the report, each in one sentence.
    public var limits: [String]
    private var counts: [Counted]

    private struct Counted: Hashable {
        var type: String
        var count: Int
    }

    /// The type of records about failed sign-ins.
    public static let failedSignIn = "sign_in.failed"
    /// The largest number of listed events.
    public static let maximumEvents = 1_000
}

extension AuditReport {
    /// Makes the report of a period.
    public init(_ rows: some AuditRows, since: Timestamp? = nil, until: Timestamp? = nil) throws {
        let period = AuditQuery(since: since, until: until)
        var totals: [ByteText: Int] = [:]
        var (total, denials, decided) = (0, 0, 0)
        for count in try rows.auditCounts(period) {
            totals[ByteText(count.type), default: 0] += count.count
            total += count.count
            guard AuditRecord.decided.contains(where: { count.type.hasSameBytes(as: $0) }) else { continue }
            decided += count.count
            if count.outcome == .denied { denials += count.count }
        }
        self.since = since
        self.until = until
        self.total = total
        self.denials = denials
        counts = totals.sorted { $0.key < $1.key }.map { Counted(type: $0.key.string, count: $0.value) }
        failedSignIns = totals[ByteText(Self.failedSignIn)] ?? 0
        passwordChanges = try Self.passwordChanges(rows, period)
        let types = Set(totals.keys).subtracting(AuditRecord.decided.map { ByteText($0) }).map(\.string).sorted()
        var latest: [AuditRow] = []
        if !types.isEmpty {
            var query = period
            query.types = types
            latest = try rows.latestAuditRows(query, limit: Self.maximumEvents)
        }
        var denied = period
        denied.types = AuditRecord.decided
        denied.outcome = .denied
        latest += try rows.latestAuditRows(denied, limit: Self.maximumEvents)
        latest.sort { $0.number < $1.number }
        events = Array(latest.suffix(Self.maximumEvents))
        limits = [
            "Clerk tells of failed sign-ins nowhere; those are counted that the application appended as \(Self.failedSignIn).",
            "A changed password is known by password_last_updated_at in user.updated alone; several changes between two such events "
                + "count once.",
        ]
        let listed = total - decided + denials
        if listed > events.count { limits.append("Of \(listed) events the latest \(events.count) are listed.") }
        let gaps = totals[ByteText(AuditLog.gap)] ?? 0
        if gaps > 0 {
            limits.append("\(gaps) times the log was not ended properly: records of these moments may be missing.")
        }
    }

    /// Returns the number of password changes in a period. A change counts by its own time, even if an event reported it after the period's
    /// end. The first password of a user does not count.
    private static func passwordChanges(_ rows: some AuditRows, _ period: AuditQuery) throws -> Int {
        var query = AuditQuery(since: period.since, types: ["user.updated"])
        guard try !rows.auditCounts(query).isEmpty else { return 0 }
        query.types.append("user.created")
        var (changes, begun): (Set<PasswordChange>, Set<PasswordChange>) = ([], [])
        var last: Int64 = 0
        while true {
            let page = try rows.auditRows(query, after: last, limit: 1_000)
            guard let end = page.last else { return changes.subtracting(begun).count }
            for row in page {
                guard let text = JSONValue(utf8: row.record.facts)?["passwordChanged"]?.string,
                    let time = Timestamp(rfc3339: text), period.since.map({ time >= $0 }) ?? true,
                    period.until.map({ time < $0 }) ?? true
                else { continue }
                let change = PasswordChange(user: row.record.user.map { ByteText($0) }, time: time)
                if row.record.type.hasSameBytes(as: "user.created") {
                    begun.insert(change)
                } else {
                    changes.insert(change)
                }
            }
            last = end.number
        }
    }
}

/// A change of a password: the user (`nil` if redacted), and the time.
private struct PasswordChange: Hashable {
    let user: ByteText?
    let time: Timestamp
}
