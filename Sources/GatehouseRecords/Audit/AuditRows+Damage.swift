import GatehouseBase

extension AuditRows {
    private static var pageSize: Int { 512 }

    /// Returns the kind of damage by which a row does not continue the chain.
    func classify(
        _ row: AuditRow,
        _ walk: AuditWalk
    ) throws -> (place: Int64, damage: AuditVerification.Damage) {
        let expected = walk.tree.size
        if row.sequence < expected {
            // A second record claims a place: a copy of the first record, or another consistent record.
            let first = try auditRows(of: row.writer, from: row.sequence, afterNumber: .min, limit: 1).first
            return (row.sequence, row.isConsistent && first?.hash != row.hash ? .fork : .insertion)
        }
        let follows = try following(row, walk)
        guard row.isConsistent else {
            // The record for this place comes later. The record here was inserted before it, or moved from another place.
            guard let belonging = follows, belonging.moved(to: expected).isConsistent else { return (expected, .edit) }
            return (expected, try isFromAnotherPlace(row) ? .reordering : .insertion)
        }
        if row.sequence > expected { return (expected, follows == nil ? .deletion : .reordering) }
        // The record is consistent, but continues another record than the previous record.
        return follows == nil ? (max(0, expected - 1), .edit) : (expected, .insertion)
    }

    /// Returns true if the chain agrees with its head, except for the last record.
    func isLastAloneOther(than head: AuditHead) throws -> Bool {
        var tree = head.sealed?.tree ?? MerkleFrontier()
        var position: (sequence: Int64, number: Int64) = (.min, .min)
        while tree.size < head.size - 1 {
            let page = try auditRows(
                of: head.writer,
                from: position.sequence,
                afterNumber: position.number,
                limit: Self.pageSize
            )
            guard let last = page.last else { return false }
            position = (last.sequence, last.number)
            for row in page.prefix(Int(clamping: head.size - 1 - tree.size)) { try tree.append(leafHash: row.hash) }
        }
        try tree.append(leafHash: head.hash)
        return tree == head.tree
    }

    /// Returns the record after a row that continues the chain; `nil` if there is none.
    private func following(_ row: AuditRow, _ walk: AuditWalk) throws -> AuditRow? {
        var position = (row.sequence, row.number)
        while true {
            let page = try auditRows(of: row.writer, from: position.0, afterNumber: position.1, limit: Self.pageSize)
            guard let last = page.last else { return nil }
            if let found = page.first(where: { $0.previous == walk.hash }) { return found }
            position = (last.sequence, last.number)
        }
    }

    /// Returns true if the row is consistent at another place of the chain.
    private func isFromAnotherPlace(_ row: AuditRow) throws -> Bool {
        let end = max(0, try auditHead(of: row.writer)?.size ?? row.sequence)
        // A row may claim any place, even a place far after the end of its chain.
        let places = min(max(0, row.sequence.subtractingReportingOverflow(10_000).partialValue), end)...end
        return places.contains { $0 != row.sequence && row.moved(to: $0).isConsistent }
    }
}
