import GatehouseBase
import GatehouseCrypto

/// A record that only needs its place in a chain.
struct PreparedRecord: Sendable {
    let record: AuditRecord
    let salt: [UInt8]
    let commitment: [UInt8]

    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    init(_ record: AuditRecord) throws(RecordStoreError) {
        guard let salt = [UInt8].random(count: AuditChain.saltByteCount) else { throw .cryptography }
        try self.init(record, salt: salt)
    }

    private init(_ record: AuditRecord, salt: [UInt8]) throws(RecordStoreError) {
        guard let commitment = AuditChain.commitment(to: record, salt: salt) else { throw .cryptography }
        (self.record, self.salt, self.commitment) = (record, salt, commitment)
    }

    /// Prepares many, whose salts are drawn at once.
    ///
    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    static func preparing(_ records: [AuditRecord]) throws(RecordStoreError) -> [PreparedRecord] {
        let size = AuditChain.saltByteCount
        guard let salts = [UInt8].random(count: records.count * size) else { throw .cryptography }
        var prepared: [PreparedRecord] = []
        prepared.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            prepared.append(try PreparedRecord(record, salt: Array(salts[(index * size)..<((index + 1) * size)])))
        }
        return prepared
    }
}

/// What the audit log is written through: its own rows, and those that its notifications wait in.
typealias AuditTransaction = AuditRows & WebhookRows

/// Records at their places behind a head.
struct ChainedRecords: Sendable {
    /// The chain's end before them.
    private let base: AuditHead
    /// The rows, in their order.
    let rows: [AuditRow]
    /// The chain's end behind them.
    let head: AuditHead

    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    init(_ records: [PreparedRecord], behind base: AuditHead) throws(RecordStoreError) {
        var head = base
        var rows: [AuditRow] = []
        rows.reserveCapacity(records.count)
        for prepared in records {
            var row = AuditRow(
                number: 0,
                writer: head.writer,
                sequence: head.size,
                record: prepared.record,
                salt: prepared.salt,
                commitment: prepared.commitment,
                previous: head.hash,
                hash: []
            )
            // A column holds the time to the nanosecond within some centuries; the hash is over what the column holds.
            row.record.time = Timestamp(clampingNanoseconds: prepared.record.time.nanosecondsSince1970)
            guard let hash = AuditChain.hash(of: row) else { throw .cryptography }
            row.hash = hash
            head.hash = hash
            try head.tree.append(leafHash: hash)
            rows.append(row)
        }
        (self.base, self.rows, self.head) = (base, rows, head)
    }

    /// Whether they continue a chain that stands there.
    func continues(_ head: AuditHead) -> Bool {
        head.writer.hasSameBytes(as: base.writer) && head.hash == base.hash && head.tree == base.tree
    }
}

extension AuditRows where Self: WebhookRows {
    /// Adds records to a chain, in their order.
    ///
    /// - Parameters:
    ///   - types: Records of these types are also to be sent to the compliance endpoint.
    ///   - chained: The same records, chained before the chain's end was known for sure; `nil` if they were not.
    /// - Returns: Where the chain then stands.
    @discardableResult
    func append(
        _ records: [PreparedRecord],
        to writer: String,
        notifying types: Set<ByteText> = [],
        chained: ChainedRecords? = nil
    ) throws -> AuditHead {
        let base = try auditHead(of: writer) ?? AuditHead(writer: writer)
        let chained =
            if let chained, chained.continues(base) { chained } else { try ChainedRecords(records, behind: base) }
        for row in chained.rows {
            try insert(row)
            if types.contains(ByteText(row.record.type)) { _ = try insert(StoredWebhook(notifying: row)) }
        }
        var head = chained.head
        head.sealed = base.sealed
        try setAuditHead(head)
        return head
    }
}

extension AuditRows {
    /// Signs where a chain stands, and keeps the note.
    @discardableResult
    func addCheckpoint(of head: AuditHead, by signer: CheckpointSigner) throws -> String {
        let origin = AuditLog.origin(of: head.writer, signer.verifier)
        let note = try signer.note(Checkpoint(origin: origin, size: head.size, root: try head.tree.root()))
        try addCheckpoint(note, writer: head.writer, size: head.size)
        return note
    }
}
