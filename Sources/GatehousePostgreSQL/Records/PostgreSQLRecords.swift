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
/// Every write is durable before it is acknowledged. A transaction that changes roles also informs the other nodes.
public final class PostgreSQLRecords: RecordStore {
    public typealias Transaction = PostgreSQLTransaction

    /// The marks of webhooks and removals, including those from before this process began. Give them to the `Authorizer` and to
    /// authenticators.
    public let marks: RevocationMarks
    /// The audit log of this node, which has its own chain. Give the log to the `Authorizer` as an observer, and run the log as a service.
    public let audit: AuditLog
    /// The bus between the nodes. Give the bus to the `Authorizer`, and run `followBus()` as a service.
    public let bus: PostgreSQLBus
    let store: PostgreSQLStore
    private let clock: WallClock

    /// The settings of a store.
    public struct Configuration: Sendable, Hashable {
        /// The largest number of connections, not counting the connection that listens.
        public var maximumConnections: Int
        /// The longest time of a statement, and of making a connection.
        public var statementTimeout: Duration
        /// The largest number of reads and writes that wait for a connection. A further one is refused.
        public var maximumWaiting: Int
        /// The time between two questions of a node whether it hears all messages.
        public var heartbeatInterval: Duration
        /// The longest time for which a token is accepted after its issue. Marks are kept for that time.
        public var maximumTokenLifetime: Duration
        /// True to make and change the tables if necessary; false to refuse a database of another version.
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

    /// Opens a store, and makes its tables if they do not exist.
    ///
    /// - Parameters:
    ///   - url: The address, `postgresql://user@host/database`, or libpq's `name=value` form. The password comes from `PGPASSWORD` or
    ///     `.pgpass`. A server that is neither on a Unix socket nor on loopback has to prove its identity (`sslmode=verify-full`), unless
    ///     `sslmode` sets another mode.
    ///   - node: The unique name of this node. The audit chain has this name, and a node ignores messages with its own name.
    ///   - configuration: The settings of the store.
    ///   - audit: The settings of the audit log.
    ///   - checkpointSigner: The signer of the chain's state; `nil` for a key that is made with the store and kept in it.
    ///   - clock: The clock that tells the time.
    /// - Throws: `RecordStoreError` if the database cannot be reached or is not such a store.
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
            // The number lets two processes with one name hear each other.
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

    /// Runs the opening of a store. A role without rights, and tables of another program, make the database unusable.
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

    /// Changes the store. If a transaction conflicts with another, it starts again with `body`: the effects of `body` outside the database
    /// may happen twice.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        try await store.write(body)
    }

    /// Returns the roles of members by the directory and by assignments in this store, as a source and a store of memberships.
    ///
    /// - Parameter issuer: The issuer of the users: the `iss` of their tokens.
    public func memberships(issuer: String) -> RecordedMemberships<PostgreSQLRecords> {
        RecordedMemberships(self, issuer: issuer, clock: clock)
    }
}
#endif
