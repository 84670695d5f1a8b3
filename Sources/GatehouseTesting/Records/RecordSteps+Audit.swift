import Gatehouse
import GatehouseBase
import GatehouseRecords

extension RecordSteps {
    mutating func auditStep() -> RecordStep {
        let (writer, now, limit) = (pick(["one", "two", "w\0"]), instant(), number(1...5))
        let (type, user, organization) = (pick(["decision", "x", "é"]), optionalName(), optionalName())
        let hash = (0..<32).map { _ in UInt8(truncatingIfNeeded: next()) }
        switch number(0...7) {
        case 0...2:
            let record = AuditRecord(
                type: type,
                time: now,
                outcome: number(0...1) == 0 ? .none : .allowed,
                organization: organization,
                requestID: optionalName(),
                user: user,
                facts: ["a": 1],
                personal: user == nil ? [:] : ["p": "\0"]
            )
            return RecordStep("audit row") { rows in
                var head = try rows.auditHead(of: writer) ?? AuditHead(writer: writer)
                try rows.insert(
                    AuditRow(
                        number: 0,
                        writer: writer,
                        sequence: head.size,
                        record: record,
                        salt: Array(hash.prefix(16)),
                        commitment: hash,
                        previous: head.hash,
                        hash: hash
                    )
                )
                head.hash = hash
                try head.tree.append(leafHash: hash)
                try rows.setAuditHead(head)
                return "\(head)"
            }
        case 3:
            var query = AuditQuery(
                types: number(0...1) == 0 ? [] : [type, "y"],
                user: user,
                organization: organization
            )
            if number(0...1) == 0 { query.since = Timestamp(clampingMilliseconds: time - 30_000) }
            if number(0...3) == 0 { query.outcome = .allowed }
            if number(0...1) == 0 { (query.user, query.organization) = (nil, nil) }
            let asked = query
            return RecordStep("audit query", isRead: true) { rows in
                let first = try rows.auditRows(asked, after: 0, limit: limit)
                let rest = try rows.auditRows(asked, after: first.last?.number ?? 0, limit: 1_000)
                let latest = try rows.latestAuditRows(asked, limit: limit)
                let counts = try rows.auditCounts(asked).map { "\($0)" }.sorted()
                return "\((first + rest).map(\.withoutNumber)) \(latest.map(\.withoutNumber)) \(counts)"
            }
        case 4:
            return RecordStep("audit chain", isRead: true) { rows in
                let first = try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: limit)
                let rest = try rows.auditRows(
                    of: writer,
                    from: first.last?.sequence ?? 0,
                    afterNumber: first.last?.number ?? 0,
                    limit: 1_000
                )
                return "\((first + rest).map(\.withoutNumber))"
            }
        case 5:
            let sequence = Int64(number(0...5))
            return RecordStep("redact, remove") { rows in
                if let row = try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: 1).first {
                    try rows.redact(number: row.number)
                }
                if limit == 1 { try rows.removeAuditRows(of: writer, before: sequence) }
                return "\(try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: 3).map(\.withoutNumber))"
            }
        case 6:
            let (size, note) = (Int64(number(0...9)), name())
            return RecordStep("checkpoint") { rows in
                try rows.addCheckpoint(note, writer: writer, size: size)
                return "\(try rows.checkpoints(of: writer))"
            }
        default:
            let policy = StoredPolicy(revision: pick(["r1", "r2", "r3"]), content: hash, since: now)
            return RecordStep("policy") { rows in
                try rows.addPolicy(policy)
                return "\(String(describing: try rows.policy(revision: policy.revision))) "
                    + "\(String(describing: try rows.policy(at: now.advanced(by: .milliseconds(-1)))))"
            }
        }
    }
}

extension AuditRow {
    fileprivate var withoutNumber: String {
        var row = self
        row.number = 0
        return "\(row) \(row.record)"
    }
}
