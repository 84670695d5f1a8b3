public import GatehouseBase

/// A time for which the log may lack decisions.
public struct AuditGap: Sendable, Hashable {
    /// The reason why decisions may be missing.
    public enum Reason: Sendable, Hashable {
        /// The writing process ended without stopping the log: the records that waited are lost.
        case notStopped
        /// Only this part of the allowed decisions was kept, from 0 to 1.
        case sampled(Double)
    }

    /// The writer of the chain.
    public var writer: String
    /// The start of the gap.
    public var since: Timestamp
    /// The end of the gap.
    public var until: Timestamp
    /// The reason of the gap.
    public var reason: Reason

    /// The gap in the form that `gatehouse audit unused` prints.
    public var json: JSONValue {
        var members = JSONMembers()
        members.add("writer", .string(writer))
        members.add("since", .string(since.description))
        members.add("until", .string(until.description))
        switch reason {
        case .notStopped: members.add("reason", "not-stopped")
        case .sampled(let part):
            members.add("reason", "sampled")
            members.add("allows", .number(JSONNumber(part) ?? JSONNumber(0)))
        }
        return members.object
    }
}

extension AuditRows {
    /// Returns the times within a period for which the log may lack decisions.
    public func auditGaps(since: Timestamp, until: Timestamp) throws -> [AuditGap] {
        var gaps: [AuditGap] = []
        /// The part of the allowed decisions that each writer keeps, and the time since when.
        var sampling: [ByteText: (part: Double, since: Timestamp)] = [:]
        func close(_ writer: ByteText, at time: Timestamp) {
            guard let begun = sampling.removeValue(forKey: writer), begun.part < 1 else { return }
            let (begin, end) = (max(begun.since, since), min(time, until))
            if begin < end {
                gaps.append(AuditGap(writer: writer.string, since: begin, until: end, reason: .sampled(begun.part)))
            }
        }
        // A writer may have kept only a part since long before the period.
        let query = AuditQuery(until: until, types: [AuditLog.started, AuditLog.sampling, AuditLog.gap])
        var last: Int64 = 0
        while true {
            let page = try auditRows(query, after: last, limit: 1_000)
            guard let end = page.last else { break }
            for row in page {
                let facts = JSONValue(utf8: row.record.facts)
                if row.record.type.hasSameBytes(as: AuditLog.gap) {
                    let begin = max(facts?["since"]?.string.flatMap { Timestamp(rfc3339: $0) } ?? since, since)
                    if row.record.time >= since {
                        gaps.append(
                            AuditGap(writer: row.writer, since: begin, until: row.record.time, reason: .notStopped)
                        )
                    }
                } else {
                    let writer = ByteText(row.writer)
                    close(writer, at: row.record.time)
                    sampling[writer] = (facts?["allows"]?.part ?? 1, row.record.time)
                }
            }
            last = end.number
        }
        for writer in sampling.keys.sorted() { close(writer, at: until) }
        return gaps.sorted { ($0.since, $0.until) < ($1.since, $1.until) }
    }
}

extension JSONValue {
    /// A number, such as a part of a whole.
    fileprivate var part: Double? {
        if case .number(let number) = self { number.double } else { nil }
    }
}
