import GatehouseBase
import Synchronization

/// Records whose reasons and texts were made: they need only their places.
struct PreparedBatch: Sendable {
    /// How many entries of the queue were durable, or stand before it.
    var begin: UInt64
    /// How many entries of the queue it is made of.
    var count: Int
    var records: [PreparedRecord]
    /// Policies that came into force with them.
    var policies: [StoredPolicy]
    /// The revision of the policy that is kept once they are.
    var keptPolicy: String?
    /// True if a record of the batch says that only a part of the allowed decisions is kept.
    var notesSampling: Bool
    /// The records at their places, where it was foreseen how far the chain goes.
    var chained: ChainedRecords?
    let attempt = BatchAttempt()
}

/// The place in the chain at which a batch was last written. Whoever asked a database to commit, and lost the connection then, does not know
/// whether it did.
final class BatchAttempt: Sendable {
    private let place = Mutex<Int64?>(nil)

    func begin(at sequence: Int64) { place.withLock { $0 = sequence } }

    /// The head of the chain if the last attempt was committed after all, so that its first record stands at its place; else `nil`.
    func committedHead(_ batch: PreparedBatch, of writer: String, _ rows: some AuditRows) throws -> AuditHead? {
        // A transaction that is still being committed holds the chain until its end.
        guard let place = place.withLock({ $0 }), let head = try rows.auditHead(of: writer) else { return nil }
        let row = try rows.auditRows(of: writer, from: place, afterNumber: .min, limit: 1).first
        guard let row, row.sequence == place, row.commitment == batch.records.first?.commitment else { return nil }
        return head
    }
}

extension AuditLog {
    /// Writes all that waits now; what is added meanwhile need not be written yet.
    ///
    /// - Throws: ``RecordStoreError`` where the store does not take them; they wait on.
    public func flush() async throws {
        try await commit(until: queue.added)
    }

    func commit(until ticket: UInt64) async throws {
        while queue.committed < ticket { try await commitOnce() }
    }

    /// Writes one batch, and prepares the next one meanwhile. One caller writes at a time; others wait for that one, and are then told
    /// whether to go on.
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
        // Less than a whole batch is left until then, when more may have come.
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
            // The next attempt has these salts, by which records are known that were written after all.
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

    /// Makes reasons and texts of a batch of those that wait, from a number on; `nil` if there are too few.
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
