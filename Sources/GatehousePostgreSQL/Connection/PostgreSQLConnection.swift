#if PostgreSQL
import CPostgreSQL
import Foundation
import GatehouseRecords

/// A connection for one thread. Every call blocks the thread, at most for the connection's limit.
final class PostgreSQLConnection {
    let handle: OpaquePointer
    let limit: Duration
    /// The names of the statements that the server has prepared.
    var prepared: [PreparedKey: String] = [:]
    /// True if the connection leads to a server that takes no writes, such as a former primary.
    private var isRetired = false
    /// The largest number of prepared statements. Beyond the number, all statements are prepared again.
    static let maximumPrepared = 256

    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - settings: The parameters of the connection.
    ///   - limit: The longest time of a statement.
    init(_ settings: PostgreSQLSettings, limit: Duration) throws(RecordStoreError) {
        self.limit = limit
        let parameters = settings.parameters
        let handle = Self.withCStrings(parameters.map(\.name)) { names in
            Self.withCStrings(parameters.map(\.value)) { values in PQconnectdbParams(names, values, 0) }
        }
        guard let handle else { throw .lost("libpq has no memory for a connection") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            throw .lost("no connection: \(settings.hidingPassword(in: Self.sentence(PQerrorMessage(handle))))")
        }
        // Notices quote statements, and nobody reads the notices here.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try prepareSession()
    }

    deinit { PQfinish(handle) }

    /// True until the connection breaks.
    var isConnected: Bool { PQstatus(handle) == CONNECTION_OK }
    /// True if the connection can be used again.
    var isUsable: Bool { isConnected && !isRetired }
    /// True inside a transaction, even inside a failed transaction.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }
    /// True inside a transaction that can no longer be committed.
    var hasFailedTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }

    /// Makes a handle that cancels the work of this connection from any thread.
    func makeCancellation() -> PostgreSQLCancellation? { PQgetCancel(handle).map { PostgreSQLCancellation($0) } }

    private func prepareSession() throws(RecordStoreError) {
        let milliseconds = limit.clampedMilliseconds
        do {
            let rows = try query(
                """
                SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $1, false),
                    set_config('idle_in_transaction_session_timeout', $1, false),
                    set_config('synchronous_commit',
                        CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                        ELSE current_setting('synchronous_commit') END, false),
                    current_setting('server_encoding'), current_setting('client_encoding')
                """,
                [.text(String(milliseconds))]
            )
            guard let row = rows.first, try row.text(4) == "UTF8", try row.text(5) == "UTF8" else {
                throw RecordStoreError(.unusable, "the database's encoding must be UTF8")
            }
        } catch let error as RecordStoreError {
            throw error
        } catch let error as PostgreSQLError {
            throw RecordStoreError(error)
        } catch {
            throw .lost("the session could not be begun")
        }
    }

    /// Marks the connection to be closed after its current use.
    func retire() { isRetired = true }

    /// Begins a transaction.
    ///
    /// - Throws: ``StaleConnection`` if the connection was already dead, and no statement was sent.
    func begin() throws {
        do {
            try executeAll("BEGIN ISOLATION LEVEL READ COMMITTED")
        } catch let error as RecordStoreError {
            throw StaleConnection(cause: error)
        }
    }

    /// Runs a statement, which stays prepared for the next time, and returns its rows.
    ///
    /// - Throws: ``PostgreSQLError`` if the server refuses the statement, `RecordStoreError` if the connection broke or no answer came in
    ///   time.
    func query(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try send(PostgreSQLStatement(sql, arguments), named: prepare(PostgreSQLStatement(sql, arguments)))
        return try finish().rows
    }

    /// Runs a statement, and returns the number of changed rows.
    func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try send(PostgreSQLStatement(sql, arguments), named: prepare(PostgreSQLStatement(sql, arguments)))
        return try finish().count
    }

    /// Runs statements without arguments, one after another in one text. They do not stay prepared.
    func executeAll(_ sql: String) throws {
        guard PQsendQuery(handle, sql) == 1 else { throw lost() }
        _ = try finish()
    }

    func lost(_ message: String? = nil) -> RecordStoreError {
        // The message of a broken connection quotes no value.
        let text = message ?? Self.sentence(PQerrorMessage(handle))
        return .lost(text.isEmpty ? "the connection broke" : text)
    }

    /// Returns a message of libpq in one line.
    private static func sentence(_ text: UnsafeMutablePointer<CChar>?) -> String {
        let lines = text.map { String(cString: $0) } ?? ""
        return lines.split { $0.isNewline || $0 == "\t" }.joined(separator: " ").printable(atMost: 512)
    }

    /// Calls `body` with the texts as C strings, followed by a null pointer.
    private static func withCStrings<Value>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}

/// An error about a connection that was dead or useless before a transaction could change anything.
struct StaleConnection: Error {
    let cause: RecordStoreError
}
#endif
