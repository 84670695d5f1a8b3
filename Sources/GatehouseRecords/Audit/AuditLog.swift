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
    let keptPolicy = Mutex<String?>(nil)
    /// The chain's end after the last batch of this log. Others may have added to it since.
    let lastHead = Mutex<AuditHead?>(nil)
    /// A batch that was prepared while the one before it was written.
    let ahead = Mutex<PreparedBatch?>(nil)

    /// Whether a record says that only a part of the allowed decisions is kept; true where all are.
    let isSamplingNoted: Mutex<Bool>

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
        isSamplingNoted = Mutex(configuration.allows >= 1)
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
