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
    /// The revision that this transaction made last; `nil` if it made none.
    var revision: Int64?
    private var held: Set<LockKey> = []
    private var savepoints = 0
    /// Statements whose results nobody waits for: they are sent together, with the next one whose result somebody does.
    private var waiting: [PostgreSQLStatement] = []
    /// How many statements were ever added to those that wait, and how many of them were sent.
    private var (added, sent) = (0, 0)
    /// True once the server was asked anything.
    private var isBegun = false
    /// True if all statements are of one transaction.
    private let isWhole: Bool
    /// Why nothing more can be asked.
    private var failure: PostgreSQLError?
    private static let maximumWaiting = 128

    /// - Parameter mode: How the transaction begins, with the first statement; `nil` if it has begun, or there is to be none.
    init(_ connection: PostgreSQLConnection, isWriting: Bool, begin mode: String? = nil) {
        (self.connection, self.isWriting, isWhole) = (connection, isWriting, mode != nil)
        if let mode { add(PostgreSQLStatement("BEGIN \(mode)")) } else { isBegun = true }
    }

    /// Runs a statement with its arguments (`$1`, `$2`, …), and gives its rows.
    ///
    /// - Throws: ``PostgreSQLError`` where the server refuses the statement. The transaction has then failed, but for what stands in a
    ///   `savepoint`.
    public func rows(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try result(sql, arguments).rows
    }

    /// Runs a statement, and gives how many rows it changed.
    ///
    /// - Throws: As ``rows(_:_:)``.
    @discardableResult
    public func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try result(sql, arguments).count
    }

    /// Runs a statement before the next one whose result is asked for, or before the end of the transaction. Its errors are thrown then.
    func executeLater(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws {
        add(PostgreSQLStatement(sql, arguments))
        if waiting.count >= Self.maximumWaiting { try flush() }
    }

    /// Runs a statement with each of several lists of arguments, and gives the rows of each.
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

    /// Commits what the transaction did; one that was never begun does nothing.
    func commit() throws {
        guard isBegun || waiting.count > 1 else { return }
        // A question on a dead connection is asked again; a commit may not be.
        if !isBegun { try flush() }
        // Of a transaction in which a statement failed the server commits nothing, and does not say so.
        guard !connection.hasFailedTransaction else {
            throw PostgreSQLError(sqlState: "25P02", constraint: nil, serverMessage: "a statement failed before")
        }
        add(PostgreSQLStatement("COMMIT"))
        try flush()
    }

    /// Ends the transaction without a trace, as far as the connection still works.
    func undo() {
        waiting = []
        if isBegun { try? connection.executeAll("ROLLBACK") }
    }

    /// Forgets statements that were not sent, from the one on before which so many were added.
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

    /// Sends what waits.
    ///
    /// - Throws: ``StaleConnection`` where the connection was dead before anything was asked, or leads to a server that takes no writes.
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
            // Nothing more is asked outside of a transaction that was to be.
            if isWhole, !connection.isInTransaction { failure = error }
            if error.isConflict { conflict = error }
            if isWriting, error.isOfReadOnlyServer {
                // Another server takes writes by now, or this one does again: a new connection is asked, once.
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

    /// Undoes what `body` did where it throws, and nothing else.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        defer { savepoints -= 1 }
        let (name, count, place) = ("gatehouse_\(savepoints)", news.count, added)
        try executeLater("SAVEPOINT \(name)")
        do {
            let value = try body()
            // An error of what waits belongs to this savepoint.
            if sent > place || added > place + 1 { try flush() }
            try executeLater("RELEASE SAVEPOINT \(name)")
            return value
        } catch let error where error is RecordStoreError || error is StaleConnection {
            // Nothing can be kept: the whole transaction ends.
            throw error
        } catch {
            news.removeLast(news.count - count)
            // Locks that were taken since then are given back by the server.
            held = []
            revision = nil
            // Statements that were not sent since then never will be.
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
        try executeLater(
            "SELECT pg_advisory_xact_lock(($1::bigint + 1197567079)::integer, ($2::bigint)::integer)",
            [.integer(part.rawValue), .integer(key.name)]
        )
    }

    /// Tells other nodes when the transaction is committed.
    func tell(_ invalidation: Invalidation) {
        if news.last != invalidation { news.append(invalidation) }
    }
}
#endif
