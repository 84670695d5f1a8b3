import GatehouseBase
import Synchronization

/// Encoded records that lack only their places in the chain.
struct PreparedBatch: Sendable {
    /// The number of entries that the queue took before the batch.
    var begin: UInt64
    /// The number of entries in the batch.
    var count: Int
    var records: [PreparedRecord]
    /// The policies that came into force with these records.
    var policies: [StoredPolicy]
    /// The revision of the policy that was stored last, once the batch is written.
    var keptPolicy: String?
    /// True if a record of the batch states that only a part of the allowed decisions is kept.
    var notesSampling: Bool
    /// The records at their places after the expected end of the chain; `nil` if the end was unknown.
    var chained: ChainedRecords?
    let attempt = BatchAttempt()
}

/// The place in the chain of the last attempt to write a batch. A writer that loses the connection during a commit does not know whether
/// the database committed.
final class BatchAttempt: Sendable {
    private let place = Mutex<Int64?>(nil)

    func begin(at sequence: Int64) { place.withLock { $0 = sequence } }

    /// Returns the head of the chain if the last attempt was committed after all, so that the batch's first record is at its place;
    /// otherwise `nil`.
    func committedHead(_ batch: PreparedBatch, of writer: String, _ rows: some AuditRows) throws -> AuditHead? {
        // A transaction that is still being committed locks the chain until its end.
        guard let place = place.withLock({ $0 }), let head = try rows.auditHead(of: writer) else { return nil }
        let row = try rows.auditRows(of: writer, from: place, afterNumber: .min, limit: 1).first
        guard let row, row.sequence == place, row.commitment == batch.records.first?.commitment else { return nil }
        return head
    }
}

extension AuditLog {
    /// Writes all records that wait now. Records that are added meanwhile may still wait afterwards.
    ///
    /// - Throws: ``RecordStoreError`` if the store does not take the records, which then wait on.
    public func flush() async throws {
        try await commit(until: queue.added)
    }

    func commit(until ticket: UInt64) async throws {
        while queue.committed < ticket { try await commitOnce() }
    }

    /// Writes one batch, and prepares the next batch meanwhile. Only one caller writes at a time. Other callers wait for that write and
    /// then return, so that they can check that their records are durable.
    func commitOnce() async throws {
        guard await queue.acquire() else { return }  // another caller wrote meanwhile
        defer { queue.release() }
        let begin = queue.committed
        let known = ahead.withLock { $0?.begin == begin ? $0 : nil }
        let sampling = !isSamplingNoted.withLock { $0 }
        let head = lastHead.withLock { $0 }
        guard
            var batch = try known
                ?? prepare(from: begin, keptPolicy: keptPolicy.withLock { $0 }, notesSampling: sampling)
        else { return }
        if let head, batch.chained?.continues(head) != true {
            batch.chained = try ChainedRecords(batch.records, behind: head)
        }
        let ready = batch
        // Less than a whole batch is not prepared yet: more records may come meanwhile.
        async let next = try? prepare(
            from: begin &+ UInt64(ready.count),
            atLeast: configuration.batch,
            keptPolicy: ready.keptPolicy,
            notesSampling: false,
            behind: ready.chained?.head
        )
        let (writer, signer, interval) = (writer, signer, Int64(configuration.checkpointInterval))
        let types = notifiedTypes
        let written: AuditHead
        do {
            written = try await write { rows in
                if let head = try ready.attempt.committedHead(ready, of: writer, rows) { return head }
                for policy in ready.policies { try rows.addPolicy(policy) }
                let head = try rows.append(ready.records, to: writer, notifying: types, chained: ready.chained)
                ready.attempt.begin(at: head.size - Int64(ready.records.count))
                if let signer, head.size / interval != (head.size - Int64(ready.records.count)) / interval {
                    try rows.addCheckpoint(of: head, by: signer)
                }
                return head
            }
        } catch {
            _ = await next
            // The next attempt uses these salts again, so that it finds records that were committed after all.
            ahead.withLock { $0 = ready }
            throw error
        }
        let prepared = await next
        queue.removeFirst(ready.count)
        if ready.notesSampling { isSamplingNoted.withLock { $0 = true } }
        keptPolicy.withLock { $0 = ready.keptPolicy }
        lastHead.withLock { $0 = written }
        ahead.withLock { $0 = prepared }
    }

    /// Encodes a batch of waiting records from a number on; `nil` if too few records wait.
    private func prepare(
        from begin: UInt64,
        atLeast minimum: Int = 1,
        keptPolicy: String?,
        notesSampling: Bool,
        behind head: AuditHead? = nil
    ) throws -> PreparedBatch? {
        let entries = queue.entries(from: begin, atMost: configuration.batch)
        guard entries.count >= minimum else { return nil }
        var batch = PreparedBatch(
            begin: begin,
            count: entries.count,
            records: [],
            policies: [],
            keptPolicy: keptPolicy,
            notesSampling: notesSampling
        )
        var records: [AuditRecord] = []
        records.reserveCapacity(entries.count + 1)
        if notesSampling {
            records.append(AuditRecord(type: Self.sampling, time: clock.now(), facts: sampledPart))
        }
        for entry in entries {
            if case .decision(let event) = entry, batch.keptPolicy != event.engine.revision.text {
                batch.keptPolicy = event.engine.revision.text
                batch.policies.append(StoredPolicy(event.engine, since: event.check.time))
            }
            records.append(entry.encoded())
        }
        batch.records = try PreparedRecord.preparing(records)
        if let head { batch.chained = try ChainedRecords(batch.records, behind: head) }
        return batch
    }
}
