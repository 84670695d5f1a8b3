import GatehouseBase
import Synchronization

extension AuditLog: DecisionObserver {
    /// Keeps a decision, or a sample of those that were allowed.
    ///
    /// - Throws: ``RecordStoreError`` where it cannot be kept: the decision is then not given.
    public func observe(_ event: DecisionEvent) async throws {
        if event.isAllowed, isLeftOut { return }
        try await append(.decision(event), durable: configuration.durable)
    }

    /// Keeps the outcome of a requirement, or a sample of those that were allowed.
    ///
    /// - Throws: ``RecordStoreError`` where it cannot be kept: the outcome is then not given.
    public func observe(_ event: RequirementEvent) async throws {
        if event.isAllowed, isLeftOut { return }
        try await append(.requirement(event), durable: configuration.durable)
    }

    /// True for what is allowed and not in the sample.
    private var isLeftOut: Bool { configuration.allows < 1 && Double.random(in: 0..<1) >= configuration.allows }
}

extension AuditLog {
    /// How long records that came together wait for more of them.
    private static let gathering = Duration.milliseconds(10)
    private static let longestWait = Duration.seconds(5)
    private static let cleaningInterval = Duration.seconds(3_600)

    /// Writes records until the task is cancelled: run it beside the server, as a service. At its end it writes what still waits, and
    /// signs where the chain stands.
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
                // Nothing is lost: the records wait on, and those who bring more are told as soon as there is no room.
                wait = min(Self.longestWait, wait * 2)
            }
        }
        try await end()
    }

    /// Notes where the log begins again, and whether the one before it ended by itself.
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

    /// Which part of the allowed decisions is kept, as a record says so.
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

    /// Signs where the chain stands.
    ///
    /// - Returns: The note; `nil` if nobody signs. A copy of it elsewhere shows if the log is cut off later.
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

    /// The type of the record that the log began to be written.
    static let started = "audit.started"
    /// The type of the record that only a part of the allowed decisions is kept.
    static let sampling = "audit.sampling"
    /// The type of the record that the log's writer ended by itself.
    static let stopped = "audit.stopped"
    /// The type of the record that something may be missing.
    static let gap = "audit.gap"
    /// The type of the record that says whose data were taken out.
    static let redacted = "audit.redacted"
    /// The type of the record that old records were removed.
    static let sealed = "audit.sealed"
    /// The type of the record that somebody read the log.
    static let readType = "audit.read"
}

extension AuditRows {
    /// The last record of a chain that a running log wrote from its queue, or its end. Others are written in transactions of their own,
    /// also by programs that read the log, and after its end.
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
        // A webhook's record is durable with the webhook.
        return JSONValue(utf8: record.facts)?["source"] == nil
    }
}
