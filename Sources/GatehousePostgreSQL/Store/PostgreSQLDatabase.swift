#if PostgreSQL
import Gatehouse
import GatehouseRecords

/// The database within a transaction. An application writes its own tables through it in the same transaction. The value must not be used
/// outside the closure that receives it.
public final class PostgreSQLDatabase {
    private let connection: PostgreSQLConnection
    /// True if the transaction may write.
    let isWriting: Bool
    /// The messages to other nodes, which are sent when the transaction is committed.
    private(set) var news: [Invalidation] = []
    /// The conflict for which the server ended the transaction; `nil` if there was none. Another attempt may succeed.
    private(set) var conflict: PostgreSQLError?
    /// The last revision that this transaction made; `nil` if it made none.
    var revision: Int64?
    private var held: Set<LockKey> = []
    private var savepoints = 0
    /// The statements whose results nobody waits for. They are sent together with the next statement whose result is needed.
    private var waiting: [PostgreSQLStatement] = []
    /// The number of statements that were ever added to the waiting ones, and the number of those that were sent.
    private var (added, sent) = (0, 0)
    /// True if a statement was sent to the server.
    private var isBegun = false
    /// True if all statements belong to one transaction.
    private let isWhole: Bool
    /// The error after which no statement is allowed; `nil` if statements are allowed.
    private var failure: PostgreSQLError?
    private static let maximumWaiting = 128

    /// Makes a value for a transaction.
    ///
    /// - Parameter mode: The statement that begins the transaction, sent before the first statement; `nil` if the transaction has begun or
    ///   there is to be none.
    init(_ connection: PostgreSQLConnection, isWriting: Bool, begin mode: String? = nil) {
        (self.connection, self.isWriting, isWhole) = (connection, isWriting, mode != nil)
        if let mode { add(PostgreSQLStatement("BEGIN \(mode)")) } else { isBegun = true }
    }

    /// Runs a statement with its arguments (`$1`, `$2`, …), and returns its rows.
    ///
    /// - Throws: ``PostgreSQLError`` if the server refuses the statement. The transaction has then failed, unless the statement is in a
    ///   `savepoint`.
    public func rows(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try result(sql, arguments).rows
    }

    /// Runs a statement, and returns the number of changed rows.
    ///
    /// - Throws: The errors of ``rows(_:_:)``.
    @discardableResult
    public func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try result(sql, arguments).count
    }

    /// Runs a statement at the latest before the next statement whose result is needed, or at the end of the transaction. Its errors are
    /// thrown then.
    func executeLater(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws {
        add(PostgreSQLStatement(sql, arguments))
        if waiting.count >= Self.maximumWaiting { try flush() }
    }

    /// Runs a statement with each of several lists of arguments, and returns the rows of each.
    func rows(_ sql: String, ofEach arguments: [[PostgreSQLValue]]) throws -> [[PostgreSQLRow]] {
        var found: [[PostgreSQLRow]] = []
        var rest = arguments[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.maximumWaiting)
            rest = rest.dropFirst(part.count)
            for arguments in part { add(PostgreSQLStatement(sql, arguments)) }
            found += try flush().suffix(part.count).map(\.rows)
        }
        return found
    }

    /// Commits the transaction. A transaction that never began has nothing to commit.
    func commit() throws {
        guard isBegun || waiting.count > 1 else { return }
        // A read on a dead connection is tried again. A commit must not be tried again.
        if !isBegun { try flush() }
        // The server does not commit a transaction with a failed statement, and does not report that.
        guard !connection.hasFailedTransaction else {
            throw PostgreSQLError(sqlState: "25P02", constraint: nil, serverMessage: "a statement failed before")
        }
        add(PostgreSQLStatement("COMMIT"))
        try flush()
    }

    /// Rolls the transaction back, if the connection still works.
    func undo() {
        waiting = []
        if isBegun { try? connection.executeAll("ROLLBACK") }
    }

    /// Drops the waiting statements that were added after the first `place` statements.
    private func forgetWaiting(after place: Int) {
        waiting.removeLast(min(waiting.count, added - place))
        added = sent + waiting.count
    }

    private func add(_ statement: PostgreSQLStatement) {
        waiting.append(statement)
        added += 1
    }

    private func result(_ sql: String, _ arguments: [PostgreSQLValue]) throws -> PostgreSQLResult {
        add(PostgreSQLStatement(sql, arguments))
        return try flush().last ?? PostgreSQLResult()
    }

    /// Sends the waiting statements.
    ///
    /// - Throws: ``StaleConnection`` if the connection was dead before any statement was sent, or leads to a server that takes no writes.
    @discardableResult
    private func flush() throws -> [PostgreSQLResult] {
        if let failure { throw failure }
        let statements = waiting
        waiting = []
        sent = added
        do {
            let results = try connection.results(of: statements)
            isBegun = true
            return results
        } catch let error as RecordStoreError where !isBegun {
            throw StaleConnection(cause: error)
        } catch let error as PostgreSQLError {
            isBegun = true
            // If the transaction has ended too early, no further statement is sent.
            if isWhole, !connection.isInTransaction { failure = error }
            if error.isConflict { conflict = error }
            if isWriting, error.isOfReadOnlyServer {
                // The server does not take writes now. A new connection, to another server or to this server again, is tried once.
                connection.retire()
                throw StaleConnection(cause: RecordStoreError(error))
            }
            if error.isOfStore { throw RecordStoreError(error) }
            throw error
        }
    }

    func row(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> PostgreSQLRow? {
        try rows(sql, arguments).first
    }

    /// Runs `body`. If `body` throws, only the changes of `body` are undone.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        defer { savepoints -= 1 }
        let (name, count, place) = ("gatehouse_\(savepoints)", news.count, added)
        try executeLater("SAVEPOINT \(name)")
        do {
            let value = try body()
            // An error of a waiting statement belongs to this savepoint.
            if sent > place || added > place + 1 { try flush() }
            try executeLater("RELEASE SAVEPOINT \(name)")
            return value
        } catch let error where error is RecordStoreError || error is StaleConnection {
            // The whole transaction is lost, and ends.
            throw error
        } catch {
            news.removeLast(news.count - count)
            // The server has released the locks that were taken since the savepoint.
            held = []
            revision = nil
            // Waiting statements from inside the savepoint are never sent.
            if sent > place {
                forgetWaiting(after: sent)
                try executeLater("ROLLBACK TO SAVEPOINT \(name)")
                try executeLater("RELEASE SAVEPOINT \(name)")
            } else {
                forgetWaiting(after: place)
            }
            throw error
        }
    }

    /// A part of the store that only one transaction at a time reads and changes.
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

    /// Waits until no other transaction uses a part of the store, on any node. A transaction that only reads does not wait. Rows that were
    /// read from the part before the lock may be outdated.
    func lock(_ part: Part, _ name: String = "") throws {
        guard isWriting else { return }
        // Two names may have one number. One of them then waits for the other.
        let number = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let key = LockKey(part: part, name: Int64(Int32(bitPattern: number)))
        guard held.insert(key).inserted else { return }
        try executeLater(
            "SELECT pg_advisory_xact_lock(($1::bigint + 1197567079)::integer, ($2::bigint)::integer)",
            [.integer(part.rawValue), .integer(key.name)]
        )
    }

    /// Informs other nodes when the transaction is committed.
    func tell(_ invalidation: Invalidation) {
        if news.last != invalidation { news.append(invalidation) }
    }
}
#endif
