import GatehouseBase

/// A walk along a chain: the hash and the tree over the records that were read so far.
struct AuditWalk {
    let writer: String
    private(set) var hash: [UInt8]
    private(set) var tree: MerkleFrontier

    init(writer: String, seal: AuditSeal?) {
        self.writer = writer
        hash = seal?.hash ?? AuditHead.start
        tree = seal?.tree ?? MerkleFrontier()
    }

    /// Takes the next row. Returns false if the row does not continue the chain.
    mutating func take(_ row: AuditRow) throws -> Bool {
        guard row.sequence == tree.size, row.previous == hash, row.isConsistent else { return false }
        hash = row.hash
        try tree.append(leafHash: row.hash)
        return true
    }
}

extension AuditRow {
    func moved(to sequence: Int64) -> AuditRow {
        var moved = self
        moved.sequence = sequence
        return moved
    }

    /// True if the hash is that of the content, and the commitment that of the personal data.
    var isConsistent: Bool {
        guard AuditChain.hash(of: self) == hash else { return false }
        if isRedacted { return record.user == nil && record.personal.isEmpty }
        return AuditChain.commitment(to: record, salt: salt) == commitment
    }

    /// The places that a record of a redaction names.
    var redactedSequences: [Int64] {
        guard record.type.hasSameBytes(as: AuditLog.redacted),
            case .array(let places) = JSONValue(utf8: record.facts)?["records"]
        else { return [] }
        return places.compactMap { place in
            guard case .number(let number) = place else { return nil }
            return number.int.map { Int64($0) }
        }
    }

    /// The number of removed records; `nil` if the record is not about a removal.
    var sealedSize: Int64? {
        guard record.type.hasSameBytes(as: AuditLog.sealed),
            case .number(let size) = JSONValue(utf8: record.facts)?["size"]
        else { return nil }
        return size.int.map { Int64($0) }
    }
}
