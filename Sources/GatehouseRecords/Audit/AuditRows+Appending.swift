import GatehouseBase
import GatehouseCrypto

/// A record that only needs its place in a chain.
struct PreparedRecord: Sendable {
    let record: AuditRecord
    let salt: [UInt8]
    let commitment: [UInt8]

    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    init(_ record: AuditRecord) throws(RecordStoreError) {
        guard let salt = [UInt8].random(count: AuditChain.saltByteCount),
            let commitment = AuditChain.commitment(to: record, salt: salt)
        else { throw .cryptography }
        (self.record, self.salt, self.commitment) = (record, salt, commitment)
    }
}

/// What the audit log is written through: its own rows, and those that its notifications wait in.
typealias AuditTransaction = AuditRows & WebhookRows

extension AuditRows where Self: WebhookRows {
    /// Adds records to a chain, in their order.
    ///
    /// - Parameter types: Records of these types are also to be sent to the compliance endpoint.
    /// - Returns: Where the chain then stands.
    @discardableResult
    func append(
        _ records: [PreparedRecord],
        to writer: String,
        notifying types: Set<ByteText> = []
    ) throws -> AuditHead {
        var head = try auditHead(of: writer) ?? AuditHead(writer: writer)
        for prepared in records {
            var row = AuditRow(
                number: 0,
                writer: writer,
                sequence: head.size,
                record: prepared.record,
                salt: prepared.salt,
                commitment: prepared.commitment,
                previous: head.hash,
                hash: []
            )
            // A column holds the time to the nanosecond within some centuries; the hash is over what the column holds.
            row.record.time = Timestamp(clampingNanoseconds: prepared.record.time.nanosecondsSince1970)
            guard let hash = AuditChain.hash(of: row) else { throw RecordStoreError.cryptography }
            row.hash = hash
            try insert(row)
            if types.contains(ByteText(row.record.type)) { _ = try insert(StoredWebhook(notifying: row)) }
            head.hash = hash
            try head.tree.append(leafHash: hash)
        }
        try setAuditHead(head)
        return head
    }
}

extension AuditRows {
    /// Signs where a chain stands.
    func addCheckpoint(of head: AuditHead, by signer: CheckpointSigner) throws {
        let origin = AuditLog.origin(of: head.writer, signer.verifier)
        let checkpoint = Checkpoint(origin: origin, size: head.size, root: try head.tree.root())
        try addCheckpoint(try signer.note(checkpoint), writer: head.writer, size: head.size)
    }
}
