#if PostgreSQL
public import Gatehouse
public import GatehouseBase
public import GatehouseRecords

/// Records in PostgreSQL, which several nodes share: the webhook inbox, the directory, the audit log, and the bus between the nodes.
///
/// ```swift
/// let records = try await PostgreSQLRecords(url: "postgresql://gatehouse@db.internal/gatehouse", node: "api-1")
/// let authorizer = Authorizer(engine: engine, marks: records.marks, bus: records.bus, observers: [records.audit])
/// ```
///
/// Every write is durable before it is acknowledged. What changes roles tells the other nodes in the transaction that makes the change.
public final class PostgreSQLRecords: RecordStore {
    public typealias Transaction = PostgreSQLTransaction

    /// The marks that webhooks and removals leave, also those that were left before this process began: give them to the `Authorizer` and
    /// to authenticators.
    public let marks: RevocationMarks
    /// The audit log of this node, a chain of its own: give it to the `Authorizer` as an observer, and run it as a service.
    public let audit: AuditLog
    /// The bus between the nodes: give it to the `Authorizer`, and run `followBus()` as a service.
    public let bus: PostgreSQLBus
    let store: PostgreSQLStore
    private let clock: WallClock

    /// Settings of a store.
    public struct Configuration: Sendable, Hashable {
        /// How many connections are made at most, beside the one that listens.
        public var maximumConnections: Int
        /// How long a statement may take, and a connection.
        public var statementTimeout: Duration
        /// How many reads and writes may wait for a connection; one beyond is refused.
        public var maximumWaiting: Int
        /// How often each node asks the server whether it hears everything.
        public var heartbeatInterval: Duration
        /// How long a token is accepted after it was issued: so long marks are kept.
        public var maximumTokenLifetime: Duration
        /// True to make and change the tables where that is due; false to refuse a database of another version.
        public var migrates: Bool

        /// Makes settings.
        public init(
            maximumConnections: Int = 8,
            statementTimeout: Duration = .seconds(5),
            maximumWaiting: Int = 10_000,
            heartbeatInterval: Duration = .seconds(1),
            maximumTokenLifetime: Duration = .seconds(24 * 60 * 60),
            migrates: Bool = true
        ) {
            self.maximumConnections = maximumConnections
            self.statementTimeout = statementTimeout
            self.maximumWaiting = maximumWaiting
            self.heartbeatInterval = heartbeatInterval
            self.maximumTokenLifetime = maximumTokenLifetime
            self.migrates = migrates
        }
    }

    /// Opens a store, and makes its tables where there are none.
    ///
    /// - Parameters:
    ///   - url: `postgresql://user@host/database`, or libpq's `name=value` form. The password comes from `PGPASSWORD` or `.pgpass`. A server
    ///     that is neither on a Unix socket nor on loopback has to prove who it is (`sslmode=verify-full`), unless `sslmode` says otherwise.
    ///   - node: The name of this node, different for each: its audit chain has it, and it does not hear itself.
    ///   - configuration: The settings of the store.
    ///   - audit: The settings of the audit log.
    ///   - checkpointSigner: The signer of the chain's state; `nil` for a key that is made with the store and kept in it.
    ///   - clock: The clock that tells the time.
    /// - Throws: `RecordStoreError` where the database cannot be reached or is no such store.
    public init(
        url: String,
        node: String = "gatehouse",
        configuration: Configuration = Configuration(),
        audit: AuditLog.Configuration = AuditLog.Configuration(),
        checkpointSigner: CheckpointSigner? = nil,
        clock: WallClock = .system
    ) async throws {
        self.clock = clock
        let limit = max(.milliseconds(1), configuration.statementTimeout)
        let store = PostgreSQLStore(
            try PostgreSQLSettings(url, connectTimeout: limit),
            // Two processes of one name hear each other all the same.
            node: "\(node)/\(UInt64.random(in: .min ... .max))",
            connections: configuration.maximumConnections,
            limit: limit,
            maximumWaiting: configuration.maximumWaiting
        )
        self.store = store
        try await Self.opening {
            try await store.withConnection { connection in
                try configuration.migrates ? Migrations.run(connection) : Migrations.require(connection)
            }
        }
        marks = try RevocationMarks(maximumTokenLifetime: configuration.maximumTokenLifetime, clock: clock)
        let lifetime = configuration.maximumTokenLifetime
        let horizon = clock.now().advanced(by: .zero - lifetime)
        let (kept, signer) = try await Self.opening {
            let kept = try await store.read { try $0.marks(since: horizon) }
            let signer = try await store.write { rows in
                try rows.removeMarks(before: horizon)
                return try checkpointSigner ?? rows.keptCheckpointSigner(name: node)
            }
            return (kept, signer)
        }
        for mark in kept { marks.mark(mark) }
        self.audit = AuditLog(store, writer: node, configuration: audit, signer: signer, clock: clock)
        bus = PostgreSQLBus(store, interval: configuration.heartbeatInterval) {
            clock.now().advanced(by: .zero - lifetime)
        }
    }

    /// A role without rights, or tables of somebody else, make a database unusable.
    private static func opening<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgreSQLError {
            throw RecordStoreError(
                .unusable,
                "\(error); the role needs the rights to the tables of Gatehouse, or to make them"
            )
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    /// Changes the store. A transaction that another one stands in the way of is begun anew, and `body` with it: what `body` does outside of
    /// the database may be done twice.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        try await store.write(body)
    }

    /// Returns the roles that members hold by the directory and by what is assigned here: a source of memberships, and a store.
    ///
    /// - Parameter issuer: Whose users these are: the `iss` of their tokens.
    public func memberships(issuer: String) -> RecordedMemberships<PostgreSQLRecords> {
        RecordedMemberships(self, issuer: issuer, clock: clock)
    }
}
#endif
