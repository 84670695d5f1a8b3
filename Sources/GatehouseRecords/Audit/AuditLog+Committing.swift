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
                ?? prepare(from: begin, skipping: 0, keptPolicy: keptPolicy.withLock { $0 }, notesSampling: sampling)
        else { return }
        async let next = try? prepare(
            from: begin &+ UInt64(batch.count),
            skipping: batch.count,
            keptPolicy: batch.keptPolicy,
            notesSampling: false
        )
        let (writer, signer, interval) = (writer, signer, Int64(configuration.checkpointInterval))
        let types = notifiedTypes
        do {
            try await write { rows in
                for policy in batch.policies { try rows.addPolicy(policy) }
                let head = try rows.append(batch.records, to: writer, notifying: types)
                if let signer, head.size / interval != (head.size - Int64(batch.records.count)) / interval {
                    try rows.addCheckpoint(of: head, by: signer)
                }
            }
        } catch {
            _ = await next
            throw error
        }
        queue.removeFirst(batch.count)
        if batch.notesSampling { isSamplingNoted.withLock { $0 = true } }
        keptPolicy.withLock { $0 = batch.keptPolicy }
        let prepared = await next
        ahead.withLock { $0 = prepared }
    }

    /// Makes reasons and texts of a batch of those that wait, behind so many; `nil` if there are none.
    private func prepare(
        from begin: UInt64,
        skipping skipped: Int,
        keptPolicy: String?,
        notesSampling: Bool
    ) throws -> PreparedBatch? {
        let entries = queue.entries(behind: skipped, atMost: configuration.batch)
        guard !entries.isEmpty else { return nil }
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
