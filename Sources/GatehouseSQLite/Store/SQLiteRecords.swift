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
/// One process serves from a file at a time; others may read it, and replay what is in its inbox. Every write is durable before it is
/// acknowledged (`synchronous = FULL`). An application's own tables may stand in the same file.
public final class SQLiteRecords: RecordStore {
    public typealias Transaction = SQLiteTransaction

    /// The marks that webhooks and removals leave, also those that were left before this process began: give them to the
    /// `Authorizer` and to authenticators.
    public let marks: RevocationMarks
    /// The audit log: give it to the `Authorizer` as an observer, and run it as a service.
    public let audit: AuditLog
    let store: SQLiteStore
    private let clock: WallClock

    /// Opens a store, or makes one.
    ///
    /// - Parameters:
    ///   - path: The file. Beside it stand two more, whose names go on with `-wal` and `-shm`.
    ///   - audit: The settings of the audit log.
    ///   - auditWriter: Whose chain the audit log adds to.
    ///   - checkpointSigner: The signer of the chain's state; `nil` for a key that is made with the store and kept in it. Such a key shows
    ///     mistakes, and not the changes of somebody who may write the file.
    ///   - maximumTokenLifetime: How long a token is accepted after it was issued: so long marks are kept.
    ///   - isReadOnly: True to open a store for reading alone, such as a copy.
    ///   - clock: The clock that tells the time.
    /// - Throws: `RecordStoreError` where the file cannot be opened or is no such store.
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

    /// As the other.
    ///
    /// - Parameter makesCheckpointKey: True to keep a key in a store that has none. A program that only looks at a store makes none:
    ///   the server's own may lie elsewhere.
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

    /// How SQLite writes through: 2 is `FULL`.
    package func synchronousLevel() async throws -> Int? { try await store.synchronousLevel() }

    /// Returns the roles that members hold by the directory and by what is assigned here: a source of memberships, and a store.
    ///
    /// - Parameters:
    ///   - issuer: Whose users these are: the `iss` of their tokens.
    ///   - backend: Who is asked for users that the directory has never seen; `nil` if nobody.
    public func memberships(
        issuer: String,
        backend: (any DirectoryBackend)? = nil
    ) -> RecordedMemberships<SQLiteRecords> {
        RecordedMemberships(self, issuer: issuer, backend: backend, clock: clock)
    }
}
#endif
