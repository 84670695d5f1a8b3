import GatehouseBase
import Synchronization

extension AuditLog: DecisionObserver {
    /// Keeps a decision; of allowed decisions only the configured part.
    ///
    /// - Throws: ``RecordStoreError`` if the decision cannot be kept, and so is not given.
    public func observe(_ event: DecisionEvent) async throws {
        if event.isAllowed, isLeftOut { return }
        try await append(.decision(event), durable: configuration.durable)
    }

    /// Keeps the outcome of a requirement; of allowed outcomes only the configured part.
    ///
    /// - Throws: ``RecordStoreError`` if the outcome cannot be kept, and so is not given.
    public func observe(_ event: RequirementEvent) async throws {
        if event.isAllowed, isLeftOut { return }
        try await append(.requirement(event), durable: configuration.durable)
    }

    /// True if this allowed decision is outside the sample.
    private var isLeftOut: Bool { configuration.allows < 1 && Double.random(in: 0..<1) >= configuration.allows }
}

extension AuditLog {
    /// The time for which a first record waits for others, to share a transaction with them.
    private static let gathering = Duration.milliseconds(10)
    private static let longestWait = Duration.seconds(5)
    private static let cleaningInterval = Duration.seconds(3_600)

    /// Writes records until the task is cancelled. Run this method beside the server, as a service. At the end the log writes the waiting
    /// records, and signs a checkpoint.
    public func run() async throws {
        try await begin()
        var wait = Self.gathering
        var cleaned = Timestamp.distantPast
        while !Task.isCancelled {
            await queue.waitForEntries()
            do {
                try await Task.sleep(for: wait)
            } catch { break }
            do {
                try await flush()
                wait = Self.gathering
                if cleaned.duration(to: clock.now()) >= Self.cleaningInterval {
                    try await removeExpired()
                    cleaned = clock.now()
                }
            } catch {
                // No record is lost: the records stay in the queue, and appends are refused after the queue is full.
                wait = min(Self.longestWait, wait * 2)
            }
        }
        try await end()
    }

    /// Records the start of the log, and a gap if the run before did not stop the log.
    private func begin() async throws {
        let (writer, clock, sampling) = (writer, clock, sampledPart)
        try await write { rows in
            var events: [AuditRecord] = []
            if let last = try rows.lastOfRun(of: writer), !last.record.type.hasSameBytes(as: Self.stopped) {
                // Records that were not durable yet may be missing.
                events.append(
                    AuditRecord(
                        type: Self.gap,
                        time: clock.now(),
                        facts: ["since": .string(last.record.time.description), "reason": "not-stopped"]
                    )
                )
            }
            events.append(AuditRecord(type: Self.started, time: clock.now(), facts: sampling))
            try rows.append(try events.map { try PreparedRecord($0) }, to: writer)
        }
        isSamplingNoted.withLock { $0 = true }
    }

    /// The part of the allowed decisions that is kept, as the facts of a record.
    var sampledPart: JSONValue {
        guard configuration.allows < 1, let part = JSONNumber(configuration.allows) else { return [:] }
        return ["allows": .number(part)]
    }

    private func end() async throws {
        while queue.count > 0 { try await flush() }
        let (writer, clock, signer) = (writer, clock, signer)
        try await write { rows in
            let record = try PreparedRecord(AuditRecord(type: Self.stopped, time: clock.now()))
            let head = try rows.append([record], to: writer)
            if let signer { try rows.addCheckpoint(of: head, by: signer) }
        }
    }

    /// Signs a checkpoint of the chain.
    ///
    /// - Returns: The note; `nil` if there is no signer. A copy of the note elsewhere shows later if records were cut off.
    @discardableResult
    public func checkpoint() async throws -> String? {
        guard let signer else { return nil }
        try await flush()
        let writer = writer
        return try await write { rows -> String? in
            guard let head = try rows.auditHead(of: writer) else { return nil }
            return try rows.addCheckpoint(of: head, by: signer)
        }
    }

    /// The type of the record of the log's start.
    static let started = "audit.started"
    /// The type of the record about a part of the allowed decisions that is not kept.
    static let sampling = "audit.sampling"
    /// The type of the record of the log's stop.
    static let stopped = "audit.stopped"
    /// The type of the record of a gap: decisions may be missing.
    static let gap = "audit.gap"
    /// The type of the record of a redaction.
    static let redacted = "audit.redacted"
    /// The type of the record of a removal of old records.
    static let sealed = "audit.sealed"
    /// The type of the record of an access to the log.
    static let readType = "audit.read"
}

extension AuditRows {
    /// Returns the last record that a run of the log wrote from its queue, or as its stop. Records of redactions, removals, accesses and
    /// webhooks are not included: they have their own transactions, and may come after a stop.
    fileprivate func lastOfRun(of writer: String) throws -> AuditRow? {
        var end = try auditHead(of: writer)?.size ?? 0
        while end > 0 {
            let begin = max(0, end - 256)
            let page = try auditRows(of: writer, from: begin - 1, afterNumber: .max, limit: Int(end - begin))
            if let last = page.last(where: \.isOfRun) { return last }
            end = begin
        }
        return nil
    }
}

extension AuditRow {
    fileprivate var isOfRun: Bool {
        let others = [AuditLog.readType, AuditLog.redacted, AuditLog.sealed]
        if others.contains(where: { record.type.hasSameBytes(as: $0) }) { return false }
        // A webhook's record is committed together with the webhook.
        return JSONValue(utf8: record.facts)?["source"] == nil
    }
}
