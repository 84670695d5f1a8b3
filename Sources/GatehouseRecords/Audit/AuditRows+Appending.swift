import GatehouseBase
import GatehouseCrypto

/// A record that lacks only its place in a chain.
struct PreparedRecord: Sendable {
    let record: AuditRecord
    let salt: [UInt8]
    let commitment: [UInt8]

    /// Prepares a record.
    ///
    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    init(_ record: AuditRecord) throws(RecordStoreError) {
        guard let salt = [UInt8].random(count: AuditChain.saltByteCount) else { throw .cryptography }
        try self.init(record, salt: salt)
    }

    private init(_ record: AuditRecord, salt: [UInt8]) throws(RecordStoreError) {
        guard let commitment = AuditChain.commitment(to: record, salt: salt) else { throw .cryptography }
        (self.record, self.salt, self.commitment) = (record, salt, commitment)
    }

    /// Prepares several records, whose salts are drawn at once.
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

/// The rows that the audit log writes: its own rows, and those of waiting notifications.
typealias AuditTransaction = AuditRows & WebhookRows

/// The records of a batch, with their places after the head of a chain.
struct ChainedRecords: Sendable {
    /// The head before the records.
    private let base: AuditHead
    /// The rows, in their order.
    let rows: [AuditRow]
    /// The head after the records.
    let head: AuditHead

    /// Chains records.
    ///
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
            // A column has times within some centuries, to the nanosecond. The hash covers the time in the column.
            row.record.time = Timestamp(clampingNanoseconds: prepared.record.time.nanosecondsSince1970)
            guard let hash = AuditChain.hash(of: row) else { throw .cryptography }
            row.hash = hash
            head.hash = hash
            try head.tree.append(leafHash: hash)
            rows.append(row)
        }
        (self.base, self.rows, self.head) = (base, rows, head)
    }

    /// Returns true if the records continue the chain of this head.
    func continues(_ head: AuditHead) -> Bool {
        head.writer.hasSameBytes(as: base.writer) && head.hash == base.hash && head.tree == base.tree
    }
}

extension AuditRows where Self: WebhookRows {
    /// Adds records to a chain, in their order.
    ///
    /// - Parameters:
    ///   - types: The types of records that are also sent to the compliance endpoint.
    ///   - chained: The records after the expected head of the chain; `nil` if they were not chained before.
    /// - Returns: The new head of the chain.
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
    /// Signs a checkpoint of a chain, and stores the note.
    @discardableResult
    func addCheckpoint(of head: AuditHead, by signer: CheckpointSigner) throws -> String {
        let origin = AuditLog.origin(of: head.writer, signer.verifier)
        let note = try signer.note(Checkpoint(origin: origin, size: head.size, root: try head.tree.root()))
        try addCheckpoint(note, writer: head.writer, size: head.size)
        return note
    }
}
