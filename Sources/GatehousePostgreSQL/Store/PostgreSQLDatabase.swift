#if PostgreSQL
import Gatehouse
import GatehouseRecords

/// A transaction's access to the database. An application's own tables are written through it, in the same transaction; it is not used
/// outside of the closure that it was given to.
public final class PostgreSQLDatabase {
    private let connection: PostgreSQLConnection
    /// False in a transaction that only reads.
    let isWriting: Bool
    /// The messages that other nodes are sent when the transaction is committed.
    private(set) var news: [Invalidation] = []
    /// Why the server ended the transaction, where the same again may succeed.
    private(set) var conflict: PostgreSQLError?
    private var held: Set<LockKey> = []
    private var savepoints = 0

    init(_ connection: PostgreSQLConnection, isWriting: Bool) {
        (self.connection, self.isWriting) = (connection, isWriting)
    }

    /// Runs a statement with its arguments (`$1`, `$2`, …), and gives its rows.
    ///
    /// - Throws: ``PostgreSQLError`` where the server refuses the statement. The transaction has then failed, but for what stands in a
    ///   `savepoint`.
    public func rows(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try storeErrors { try connection.query(sql, arguments) }
    }

    /// Runs a statement, and gives how many rows it changed.
    ///
    /// - Throws: As ``rows(_:_:)``.
    @discardableResult
    public func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try storeErrors { try connection.execute(sql, arguments) }
    }

    func row(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> PostgreSQLRow? {
        try rows(sql, arguments).first
    }

    /// Undoes what `body` did where it throws, and nothing else.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        defer { savepoints -= 1 }
        let (name, count) = ("gatehouse_\(savepoints)", news.count)
        try execute("SAVEPOINT \(name)")
        do {
            let value = try body()
            try execute("RELEASE SAVEPOINT \(name)")
            return value
        } catch let error as RecordStoreError {
            // Nothing can be kept: the whole transaction ends.
            throw error
        } catch {
            news.removeLast(news.count - count)
            // Locks that were taken since then are given back by the server.
            held = []
            try execute("ROLLBACK TO SAVEPOINT \(name)")
            try execute("RELEASE SAVEPOINT \(name)")
            throw error
        }
    }

    /// A part of the store that one transaction at a time reads and changes.
    enum Part: Int64 {
        case directory = 1
        case audit = 2
        case claims = 3
        case policies = 4
    }

    private struct LockKey: Hashable {
        let part: Part
        let name: Int64
    }

    /// Waits until no other transaction is at work on a part of the store, on any node; not in a transaction that only reads. What was read of
    /// the part before this is not to be relied on.
    func lock(_ part: Part, _ name: String = "") throws {
        guard isWriting else { return }
        // Of two names with one number, one waits for the other.
        let number = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let key = LockKey(part: part, name: Int64(Int32(bitPattern: number)))
        guard held.insert(key).inserted else { return }
        _ = try rows(
            "SELECT pg_advisory_xact_lock(($1::bigint + 1197567079)::integer, ($2::bigint)::integer)",
            [.integer(part.rawValue), .integer(key.name)]
        )
    }

    /// Tells other nodes when the transaction is committed.
    func tell(_ invalidation: Invalidation) {
        if news.last != invalidation { news.append(invalidation) }
    }

    private func storeErrors<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as PostgreSQLError where error.isOfStore {
            if error.isConflict { conflict = error }
            throw RecordStoreError(error)
        }
    }
}
#endif
