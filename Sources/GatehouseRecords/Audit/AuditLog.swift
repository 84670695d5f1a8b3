public import GatehouseBase
import Synchronization

/// Keeps what was decided, who signed in, and what was changed, in a chain of records that shows later changes.
///
/// ```swift
/// try await records.audit.append(event: "sign_in.failed", user: "user_1", address: "192.0.2.1")
/// ```
///
/// Records are written in batches by ``run()``, which is to run beside the server. Where `durable` is set, or while nothing runs,
/// whoever appends waits for the batch.
public final class AuditLog: Sendable {
    /// What an audit log is told.
    public struct Configuration: Sendable {
        /// What to do when as many records wait as may.
        public enum WhenFull: String, Sendable, CaseIterable {
            /// Help to write until there is room; refuse where the store takes nothing.
            case wait
            /// Refuse at once: the decision is not given (503).
            case refuse
        }

        /// Which part of the allowed decisions is kept, from 0 to 1. Everything else is always kept.
        public var allows: Double
        /// What to do when as many records wait as may.
        public var whenFull: WhenFull
        /// Whether whoever appends waits until the record is durable. Else it is within 100 ms.
        public var durable: Bool
        /// How many records may wait.
        public var capacity: Int
        /// How many records share a transaction.
        public var batch: Int
        /// How many records lie between two signed checkpoints; each run also ends with one.
        public var checkpointInterval: Int
        /// How long records are kept; `nil` for ever.
        public var retention: Duration?
        /// The types of records that are also sent to a compliance endpoint, by a ``ComplianceSender``.
        public var complianceTypes: [String]

        /// Makes a configuration.
        public init(
            allows: Double = 1,
            whenFull: WhenFull = .wait,
            durable: Bool = false,
            capacity: Int = 10_000,
            batch: Int = 256,
            checkpointInterval: Int = 1_000,
            retention: Duration? = nil,
            complianceTypes: [String] = []
        ) {
            self.allows = allows
            self.whenFull = whenFull
            self.durable = durable
            self.capacity = max(1, capacity)
            self.batch = max(1, batch)
            self.checkpointInterval = max(1, checkpointInterval)
            self.retention = retention
            self.complianceTypes = complianceTypes
        }
    }

    /// What the log was told.
    public let configuration: Configuration
    /// Whose chain this process adds to.
    public let writer: String
    /// By whose signatures checkpoints are known; `nil` if nobody signs.
    public var verifier: CheckpointVerifier? { signer?.verifier }

    let queue: AuditQueue
    let signer: CheckpointSigner?
    let clock: WallClock
    private let transaction: @Sendable (@escaping @Sendable (any AuditTransaction) throws -> Void) async throws -> Void
    /// The revision of the policy that was kept last.
    private let keptPolicy = Mutex<String?>(nil)

    /// Makes a log over a store.
    ///
    /// - Parameters:
    ///   - store: The store that keeps the records.
    ///   - writer: Whose chain to add to: one name for each node of a service.
    ///   - configuration: The settings of the log.
    ///   - signer: Who signs checkpoints; `nil` if nobody.
    ///   - clock: The clock that tells the times of records.
    public init(
        _ store: some RecordStore,
        writer: String = "gatehouse",
        configuration: Configuration = Configuration(),
        signer: CheckpointSigner? = nil,
        clock: WallClock = .system
    ) {
        self.configuration = configuration
        self.writer = writer
        self.signer = signer
        self.clock = clock
        queue = AuditQueue(capacity: configuration.capacity)
        transaction = { body in try await store.write { try body($0) } }
    }

    /// Keeps an event of the application's own.
    ///
    /// - Parameters:
    ///   - event: The type, such as `sign_in.failed`, which the period report counts.
    ///   - user: The user's id.
    ///   - organization: The organization's id; `nil` if the event is about none.
    ///   - outcome: The outcome; `none` if nothing was asked for.
    ///   - requestID: The name of the request; `nil` if there was none.
    ///   - metadata: What else to keep about the person: a JSON object. It can be redacted.
    ///   - address: The source address.
    ///   - userAgent: The `User-Agent` of the client, which can be redacted.
    /// - Throws: ``RecordStoreError`` where the record is not kept.
    public func append(
        event: String,
        user: String? = nil,
        organization: String? = nil,
        outcome: AuditRecord.Outcome = .none,
        requestID: String? = nil,
        metadata: JSONValue = [:],
        address: String? = nil,
        userAgent: String? = nil
    ) async throws {
        var personal: [JSONMember] = []
        if let address { personal.append(JSONMember("address", .string(address))) }
        if let userAgent { personal.append(JSONMember("userAgent", .string(userAgent))) }
        if metadata != [:] { personal.append(JSONMember("metadata", metadata)) }
        try await append(
            AuditRecord(
                type: event,
                time: clock.now(),
                outcome: outcome,
                organization: organization,
                requestID: requestID,
                user: user,
                personal: .object(personal)
            )
        )
    }

    /// Keeps a record.
    ///
    /// - Throws: ``RecordStoreError`` where the record is not kept: too many wait, or the store does not take them.
    public func append(_ record: AuditRecord) async throws {
        try await append(.record(record), durable: configuration.durable)
    }

    func append(_ entry: AuditEntry, durable: Bool) async throws {
        if !durable, queue.add(entry) { return }
        try await appendWaiting(entry, durable: durable)
    }

    /// Waits for room, or until the record is durable.
    private func appendWaiting(_ entry: AuditEntry, durable: Bool) async throws {
        if durable {
            // Whoever waits for durability writes for the others, too.
            if configuration.whenFull == .wait, queue.isFull { try await commitOnce() }
            guard let ticket = queue.addTicketed(entry) else { throw Self.full(configuration) }
            try await commit(until: ticket)
            return
        }
        guard configuration.whenFull == .wait else { throw Self.full(configuration) }
        // No room: help to make some. Where the store takes nothing, this fails soon, and nothing waits for ever.
        try await commitOnce()
        guard queue.add(entry) else { throw Self.full(configuration) }
    }

    private static func full(_ configuration: Configuration) -> RecordStoreError {
        RecordStoreError(
            .full,
            "\(configuration.capacity) audit records wait to be written",
            retryAfter: .seconds(1)
        )
    }

    /// Writes all that waits now; what is added meanwhile need not be written yet.
    ///
    /// - Throws: ``RecordStoreError`` where the store does not take them; they wait on.
    public func flush() async throws {
        try await commit(until: queue.added)
    }

    private func commit(until ticket: UInt64) async throws {
        while queue.committed < ticket { try await commitOnce() }
    }

    /// Writes one batch. One caller writes at a time; others wait for that one, and are then told whether to go on.
    func commitOnce() async throws {
        guard await queue.acquire() else { return }  // another caller wrote meanwhile
        defer { queue.release() }
        let batch = queue.first(configuration.batch)
        guard !batch.isEmpty else { return }
        let (writer, signer, interval) = (writer, signer, Int64(configuration.checkpointInterval))
        let types = notifiedTypes
        // Reasons and texts are made before the transaction begins.
        var policies: [StoredPolicy] = []
        var prepared: [PreparedRecord] = []
        prepared.reserveCapacity(batch.count)
        var kept = keptPolicy.withLock { $0 }
        for entry in batch {
            if case .decision(let event) = entry, kept != event.engine.revision.text {
                kept = event.engine.revision.text
                policies.append(StoredPolicy(event.engine, since: event.check.time))
            }
            prepared.append(try PreparedRecord(entry.encoded()))
        }
        let (newPolicies, records) = (policies, prepared)
        try await write { rows in
            for policy in newPolicies { try rows.addPolicy(policy) }
            let head = try rows.append(records, to: writer, notifying: types)
            if let signer, head.size / interval != (head.size - Int64(batch.count)) / interval {
                try rows.addCheckpoint(of: head, by: signer)
            }
        }
        queue.removeFirst(batch.count)
        keptPolicy.withLock { [kept] in $0 = kept }
    }

    /// Changes the log's rows, in one transaction.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any AuditTransaction) throws -> Result) async throws
        -> Result
    {
        let box = ResultBox<Result>()
        try await transaction { rows in box.set(try body(rows)) }
        guard let result = box.result else { throw RecordStoreError(.corrupt, "a transaction gave no result") }
        return result
    }

    /// Keeps the policy that is in force, so that what it decides can be decided again also where nothing was decided yet.
    public func keep(_ engine: PolicyEngine) async throws {
        let policy = StoredPolicy(engine, since: clock.now())
        try await write { try $0.addPolicy(policy) }
    }

    /// The types of records that are also to be sent to the compliance endpoint.
    var notifiedTypes: Set<ByteText> { Set(configuration.complianceTypes.map { ByteText($0) }) }

    /// The origin of a chain's checkpoints: whose key, and which chain.
    static func origin(of writer: String, _ verifier: CheckpointVerifier) -> String { "\(verifier.name)/\(writer)" }
}

extension StoredPolicy {
    init(_ engine: PolicyEngine, since: Timestamp) {
        self.init(revision: engine.revision.text, content: engine.content, since: since)
    }
}

/// Carries a result out of a closure.
private final class ResultBox<Result: Sendable>: Sendable {
    private let state = Mutex<Result?>(nil)

    var result: Result? { state.withLock { $0 } }

    func set(_ result: Result) { state.withLock { $0 = result } }
}
