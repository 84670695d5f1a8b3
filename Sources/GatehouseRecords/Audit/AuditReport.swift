public import GatehouseBase

/// What happened in a period: totals by type, and the events.
public struct AuditReport: Sendable, Hashable {
    /// The period's begin; `nil` if from the first record on.
    public var since: Timestamp?
    /// The period's end; `nil` if up to the last record.
    public var until: Timestamp?
    /// How many records there are of each type, by the bytes of their names.
    public var types: [(name: String, count: Int)] { counts.map { ($0.type, $0.count) } }
    /// How many records there are.
    public var total: Int
    /// How many decisions denied something, on permissions and on other requirements.
    public var denials: Int
    /// How many sign-ins failed, as far as the application said so.
    public var failedSignIns: Int
    /// How many passwords were changed: by the time of the last change that an event of the user tells.
    public var passwordChanges: Int
    /// The records, but for decisions that allowed something: the latest, in the order in which they were written.
    public var events: [AuditRow]
    /// What the report cannot know, one sentence each.
    public var limits: [String]
    private var counts: [Counted]

    private struct Counted: Hashable {
        var type: String
        var count: Int
    }

    /// The type that failed sign-ins are counted by.
    public static let failedSignIn = "sign_in.failed"
    /// Events are listed up to this number.
    public static let maximumEvents = 1_000
}

extension AuditReport {
    /// Reads a period's records.
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

    /// Changes are counted by their own time, also where an event told of one after the period's end. The password with which a user was
    /// created is no change.
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

/// A change of a password: whose (`nil` if that was redacted), and when.
private struct PasswordChange: Hashable {
    let user: ByteText?
    let time: Timestamp
}
