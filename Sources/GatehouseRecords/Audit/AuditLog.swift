public import GatehouseBase
import Synchronization

/// A log of decisions, sign-ins and changes in a hash chain of records, which reveals later tampering.
///
/// ```swift
/// try await records.audit.append(event: "sign_in.failed", user: "user_1", address: "192.0.2.1")
/// ```
///
/// ``run()`` writes the records in batches, beside the server. With `durable`, or while ``run()`` does not run, an append waits for its
/// batch.
public final class AuditLog: Sendable {
    /// The settings of the log.
    public let configuration: Configuration
    /// The writer whose chain this process appends to.
    public let writer: String
    /// The verifier of the log's checkpoints; `nil` if there is no signer.
    public var verifier: CheckpointVerifier? { signer?.verifier }

    let queue: AuditQueue
    let signer: CheckpointSigner?
    let clock: WallClock
    private let transaction: @Sendable (@escaping @Sendable (any AuditTransaction) throws -> Void) async throws -> Void
    /// The revision of the policy that was stored last.
    let keptPolicy = Mutex<String?>(nil)
    /// The head of the chain after the last batch of this log. Other writers may have appended since.
    let lastHead = Mutex<AuditHead?>(nil)
    /// The batch that was prepared while the batch before was written.
    let ahead = Mutex<PreparedBatch?>(nil)

    /// True if all allowed decisions are kept, or if a record states the part that is kept.
    let isSamplingNoted: Mutex<Bool>

    /// Makes a log over a store.
    ///
    /// - Parameters:
    ///   - store: The store of the records.
    ///   - writer: The writer of the chain. Each node of a service has its own name.
    ///   - configuration: The settings of the log.
    ///   - signer: The signer of checkpoints; `nil` for none.
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
        isSamplingNoted = Mutex(configuration.allows >= 1)
        transaction = { body in try await store.write { try body($0) } }
    }

    /// Appends an event of the application.
    ///
    /// - Parameters:
    ///   - event: The type, such as `sign_in.failed`, which the period report counts.
    ///   - user: The user's id.
    ///   - organization: The organization's id; `nil` if the event concerns no organization.
    ///   - outcome: The outcome; `none` for an event without a question.
    ///   - requestID: The name of the request; `nil` if there was none.
    ///   - metadata: Further personal data: a JSON object, which can be redacted.
    ///   - address: The source address.
    ///   - userAgent: The `User-Agent` of the client, which can be redacted.
    /// - Throws: ``RecordStoreError`` if the record is not kept.
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

    /// Appends a record.
    ///
    /// - Throws: ``RecordStoreError`` if the record is not kept, since too many records wait or the store does not take them.
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
            // A caller that waits for durability writes the records of the others, too.
            if configuration.whenFull == .wait, queue.isFull { try await commitOnce() }
            guard let ticket = queue.addTicketed(entry) else { throw Self.full(configuration) }
            try await commit(until: ticket)
            return
        }
        guard configuration.whenFull == .wait else { throw Self.full(configuration) }
        // The queue is full, and the caller helps to write. If the store takes nothing, the write fails soon: no caller waits for ever.
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

    /// Changes the log's rows in one transaction.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any AuditTransaction) throws -> Result) async throws
        -> Result
    {
        let box = ResultBox<Result>()
        try await transaction { rows in box.set(try body(rows)) }
        guard let result = box.result else { throw RecordStoreError(.corrupt, "a transaction gave no result") }
        return result
    }

    /// Stores the current policy before its first decision, so that questions about this time can be answered.
    public func keep(_ engine: PolicyEngine) async throws {
        let policy = StoredPolicy(engine, since: clock.now())
        try await write { try $0.addPolicy(policy) }
    }

    /// The types of records that are also sent to the compliance endpoint.
    var notifiedTypes: Set<ByteText> { Set(configuration.complianceTypes.map { ByteText($0) }) }

    /// Returns the origin of a chain's checkpoints: the name of the key, and the writer.
    static func origin(of writer: String, _ verifier: CheckpointVerifier) -> String { "\(verifier.name)/\(writer)" }
}

extension StoredPolicy {
    init(_ engine: PolicyEngine, since: Timestamp) {
        self.init(revision: engine.revision.text, content: engine.content, since: since)
    }
}

/// A box that carries a result out of a closure.
private final class ResultBox<Result: Sendable>: Sendable {
    private let state = Mutex<Result?>(nil)

    var result: Result? { state.withLock { $0 } }

    func set(_ result: Result) { state.withLock { $0 = result } }
}
