public import GatehouseBase

extension InMemoryRecords.Transaction {
    public func auditHead(of writer: String) throws -> AuditHead? { state.heads[ByteText(writer)] }

    public func setAuditHead(_ head: AuditHead) throws { state.heads[ByteText(head.writer)] = head }

    public func auditWriters() throws -> [String] { state.heads.keys.sorted().map(\.string) }

    public func insert(_ row: AuditRow) throws {
        state.auditNumber += 1
        var row = row
        row.number = state.auditNumber
        state.audit.append(row)
    }

    public func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow] {
        Array(state.audit.lazy.filter { $0.number > number && query.fits($0.record) }.prefix(limit))
    }

    public func latestAuditRows(_ query: AuditQuery, limit: Int) throws -> [AuditRow] {
        state.audit.filter { query.fits($0.record) }.suffix(limit)
    }

    public func auditRows(
        of writer: String,
        from sequence: Int64,
        afterNumber number: Int64,
        limit: Int
    ) throws -> [AuditRow] {
        let chain = state.audit.filter {
            $0.writer.hasSameBytes(as: writer) && ($0.sequence, $0.number) > (sequence, number)
        }
        return Array(chain.sorted { ($0.sequence, $0.number) < ($1.sequence, $1.number) }.prefix(limit))
    }

    public func auditCounts(_ query: AuditQuery) throws -> [AuditCount] {
        let groups = Dictionary(grouping: state.audit.filter { query.fits($0.record) }) {
            AuditCount(type: $0.record.type, outcome: $0.record.outcome, count: 0)
        }
        return groups.map { AuditCount(type: $0.key.type, outcome: $0.key.outcome, count: $0.value.count) }
            .sorted { (ByteText($0.type), $0.outcome.rawValue) < (ByteText($1.type), $1.outcome.rawValue) }
    }

    public func redact(number: Int64) throws {
        guard let place = state.audit.firstIndex(where: { $0.number == number }) else { return }
        (state.audit[place].record.user, state.audit[place].record.personal, state.audit[place].salt) = (nil, [], [])
    }

    public func removeAuditRows(of writer: String, before sequence: Int64) throws {
        state.audit.removeAll { $0.writer.hasSameBytes(as: writer) && $0.sequence < sequence }
    }

    public func addCheckpoint(_ note: String, writer: String, size: Int64) throws {
        state.checkpoints[ByteText(writer), default: [:]][size] = note
    }

    public func checkpoints(of writer: String) throws -> [String] {
        (state.checkpoints[ByteText(writer)] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }

    public func addPolicy(_ policy: StoredPolicy) throws {
        guard state.policies.last?.revision != policy.revision else { return }
        state.policies.append(policy)
    }

    public func policy(revision: String) throws -> StoredPolicy? { state.policies.first { $0.revision == revision } }

    public func policy(at time: Timestamp) throws -> StoredPolicy? {
        let past = state.policies.filter { $0.since <= time }
        let latest = past.map(\.since).max()
        return past.last { $0.since == latest }
    }
}

extension AuditQuery {
    /// Returns true if the query matches a record.
    func fits(_ record: AuditRecord) -> Bool {
        (since.map { record.time >= $0 } ?? true) && (until.map { record.time < $0 } ?? true)
            && (types.isEmpty || types.contains { $0.hasSameBytes(as: record.type) })
            && (user.map { user in record.user.map { $0.hasSameBytes(as: user) } ?? false } ?? true)
            && (organization.map { name in record.organization.map { $0.hasSameBytes(as: name) } ?? false } ?? true)
            && (outcome.map { record.outcome == $0 } ?? true)
            && (requestID.map { id in record.requestID.map { $0.hasSameBytes(as: id) } ?? false } ?? true)
    }
}
