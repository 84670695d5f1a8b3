import GatehouseBase
import Synchronization

/// Records in memory, for tests. Nothing is durable, and everything else behaves as in a database.
public final class InMemoryRecords: RecordStore {
    /// The rows within a transaction.
    public final class Transaction: RecordTransaction {
        var state: State

        init(_ state: State) {
            self.state = state
        }

        /// An empty value, since there are no tables of an application.
        public var database: Void { () }

        public func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
            let before = state
            do {
                return try body()
            } catch {
                state = before
                throw error
            }
        }
    }

    struct State: Sendable {
        var webhooks: [StoredWebhook] = []
        var webhookPlaces: [[ByteText]: Int] = [:]
        var delivered: [[ByteText]: DeliveredVersion] = [:]
        var users: [[ByteText]: DirectoryEntry<DirectoryUser>] = [:]
        var organizations: [[ByteText]: DirectoryEntry<DirectoryOrganization>] = [:]
        var memberships: [[ByteText]: DirectoryEntry<DirectoryMembership>] = [:]
        var recordedRoles: [RecordedRole] = []
        var revision: UInt64 = 0
        var marks: [Invalidation.Scope: Timestamp] = [:]
        var untold: [UntoldInvalidation] = []
        var untoldNumber: Int64 = 0
        var notes: [ByteText: String] = [:]
        var heads: [ByteText: AuditHead] = [:]
        var audit: [AuditRow] = []
        var auditNumber: Int64 = 0
        var checkpoints: [ByteText: [Int64: String]] = [:]
        var policies: [StoredPolicy] = []
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    public init() {}

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try body(Transaction(state.withLock { $0 }))
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try state.withLock { state in
            let transaction = Transaction(state)
            let result = try body(transaction)
            state = transaction.state
            return result
        }
    }
}

/// Returns a key of several parts.
func key(_ parts: String...) -> [ByteText] { parts.map { ByteText($0) } }
