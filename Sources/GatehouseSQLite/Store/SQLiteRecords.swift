#if SQLite
import GRDB
public import GatehouseBase
public import GatehouseRecords

/// Records in a SQLite file: the webhook inbox, the directory, and the audit log.
///
/// ```swift
/// let records = try await SQLiteRecords(path: "gatehouse.db")
/// let authorizer = Authorizer(engine: engine, marks: records.marks, observers: [records.audit])
/// ```
///
/// Only one process may serve from a file at a time. Other processes may read the file, and replay the webhooks of its inbox. Every write
/// is durable before it is acknowledged (`synchronous = FULL`). An application may have its own tables in the file.
public final class SQLiteRecords: RecordStore {
    public typealias Transaction = SQLiteTransaction

    /// The marks of webhooks and removals, including those from before this process began. Give them to the `Authorizer` and to
    /// authenticators.
    public let marks: RevocationMarks
    /// The audit log. Give the log to the `Authorizer` as an observer, and run the log as a service.
    public let audit: AuditLog
    let store: SQLiteStore
    private let clock: WallClock

    /// Opens a store, or makes a store.
    ///
    /// - Parameters:
    ///   - path: The path of the file. Two more files stand beside it, whose names have the endings `-wal` and `-shm`.
    ///   - audit: The settings of the audit log.
    ///   - auditWriter: The writer of the chain to which the audit log adds records.
    ///   - checkpointSigner: The signer of the chain's state; `nil` for a key that is made with the store and kept in it. Such a key
    ///     reveals mistakes, but not changes by a person who may write the file.
    ///   - maximumTokenLifetime: The longest time for which a token is accepted after its issue. Marks are kept for that time.
    ///   - isReadOnly: True to open a store only for reading, such as a copy.
    ///   - clock: The clock that tells the time.
    /// - Throws: `RecordStoreError` if the file cannot be opened or is not such a store.
    public convenience init(
        path: String,
        audit: AuditLog.Configuration = AuditLog.Configuration(),
        auditWriter: String = "gatehouse",
        checkpointSigner: CheckpointSigner? = nil,
        maximumTokenLifetime: Duration = .seconds(24 * 60 * 60),
        isReadOnly: Bool = false,
        clock: WallClock = .system
    ) async throws {
        try await self.init(
            path: path,
            audit: audit,
            auditWriter: auditWriter,
            checkpointSigner: checkpointSigner,
            maximumTokenLifetime: maximumTokenLifetime,
            isReadOnly: isReadOnly,
            makesCheckpointKey: !isReadOnly,
            clock: clock
        )
    }

    /// Opens a store like the public initializer.
    ///
    /// - Parameter makesCheckpointKey: True to make a key in a store that has none. A program that only inspects a store makes no key,
    ///   since the server's own key may be kept elsewhere.
    package init(
        path: String,
        audit: AuditLog.Configuration = AuditLog.Configuration(),
        auditWriter: String = "gatehouse",
        checkpointSigner: CheckpointSigner? = nil,
        maximumTokenLifetime: Duration = .seconds(24 * 60 * 60),
        isReadOnly: Bool = false,
        makesCheckpointKey: Bool,
        clock: WallClock = .system
    ) async throws {
        self.clock = clock
        let store = try await SQLiteStore.opening(path, isReadOnly: isReadOnly)
        self.store = store
        marks = try RevocationMarks(maximumTokenLifetime: maximumTokenLifetime, clock: clock)
        let horizon = clock.now().advanced(by: .zero - maximumTokenLifetime)
        for mark in try await store.read({ try $0.marks(since: horizon) }) { marks.mark(mark) }
        var signer = checkpointSigner
        if !isReadOnly {
            signer = try await store.write { rows in
                try rows.removeMarks(before: horizon)
                if let checkpointSigner { return checkpointSigner }
                return makesCheckpointKey
                    ? try rows.keptCheckpointSigner(name: auditWriter)
                    : try rows.existingCheckpointSigner(name: auditWriter)
            }
        }
        self.audit = AuditLog(store, writer: auditWriter, configuration: audit, signer: signer, clock: clock)
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await store.write(body)
    }

    /// Returns SQLite's level of durability: 2 is `FULL`.
    package func synchronousLevel() async throws -> Int? { try await store.synchronousLevel() }

    /// Returns the roles of members by the directory and by assignments in this store, as a source and a store of memberships.
    ///
    /// - Parameters:
    ///   - issuer: The issuer of the users: the `iss` of their tokens.
    ///   - backend: The backend that is asked for users that the directory has never seen; `nil` for no backend.
    public func memberships(
        issuer: String,
        backend: (any DirectoryBackend)? = nil
    ) -> RecordedMemberships<SQLiteRecords> {
        RecordedMemberships(self, issuer: issuer, backend: backend, clock: clock)
    }
}
#endif
