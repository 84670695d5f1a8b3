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
    /// Whether it says that only a part of the allowed decisions is kept.
    var notesSampling: Bool
    let attempt = BatchAttempt()
}

/// The place in the chain at which a batch was last written. Whoever asked a database to commit, and lost the connection then, does not know
/// whether it did.
final class BatchAttempt: Sendable {
    private let place = Mutex<Int64?>(nil)

    func begin(at sequence: Int64) { place.withLock { $0 = sequence } }

    /// True if the last attempt was committed after all: its first record stands at its place.
    func isCommitted(_ batch: PreparedBatch, of writer: String, _ rows: some AuditRows) throws -> Bool {
        guard let place = place.withLock({ $0 }) else { return false }
        // A transaction that is still being committed holds the chain until its end.
        _ = try rows.auditHead(of: writer)
        let row = try rows.auditRows(of: writer, from: place, afterNumber: .min, limit: 1).first
        return row.map { $0.sequence == place && $0.commitment == batch.records.first?.commitment } ?? false
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
        guard
            let batch = try known
                ?? prepare(from: begin, keptPolicy: keptPolicy.withLock { $0 }, notesSampling: sampling)
        else { return }
        // Less than a whole batch is left until then, when more may have come.
        async let next = try? prepare(
            from: begin &+ UInt64(batch.count),
            atLeast: configuration.batch,
            keptPolicy: batch.keptPolicy,
            notesSampling: false
        )
        let (writer, signer, interval) = (writer, signer, Int64(configuration.checkpointInterval))
        let types = notifiedTypes
        do {
            try await write { rows in
                if try batch.attempt.isCommitted(batch, of: writer, rows) { return }
                for policy in batch.policies { try rows.addPolicy(policy) }
                let head = try rows.append(batch.records, to: writer, notifying: types)
                batch.attempt.begin(at: head.size - Int64(batch.records.count))
                if let signer, head.size / interval != (head.size - Int64(batch.records.count)) / interval {
                    try rows.addCheckpoint(of: head, by: signer)
                }
            }
        } catch {
            _ = await next
            // The same salts again: so the records are known if they were written.
            ahead.withLock { $0 = batch }
            throw error
        }
        let prepared = await next
        queue.removeFirst(batch.count)
        if batch.notesSampling { isSamplingNoted.withLock { $0 = true } }
        keptPolicy.withLock { $0 = batch.keptPolicy }
        ahead.withLock { $0 = prepared }
    }

    /// Makes reasons and texts of a batch of those that wait, from a number on; `nil` if there are too few.
    private func prepare(
        from begin: UInt64,
        atLeast minimum: Int = 1,
        keptPolicy: String?,
        notesSampling: Bool
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
        batch.records.reserveCapacity(entries.count + 1)
        if notesSampling {
            let record = AuditRecord(type: Self.sampling, time: clock.now(), facts: sampledPart)
            batch.records.append(try PreparedRecord(record))
        }
        for entry in entries {
            if case .decision(let event) = entry, batch.keptPolicy != event.engine.revision.text {
                batch.keptPolicy = event.engine.revision.text
                batch.policies.append(StoredPolicy(event.engine, since: event.check.time))
            }
            batch.records.append(try PreparedRecord(entry.encoded()))
        }
        return batch
    }
}
