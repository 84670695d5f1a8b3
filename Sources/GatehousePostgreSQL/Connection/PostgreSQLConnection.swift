#if PostgreSQL
import CPostgreSQL
import Foundation
import GatehouseRecords

/// A connection, which one thread uses. Every call blocks that thread, for as long as the connection's limit at most.
final class PostgreSQLConnection {
    private let handle: OpaquePointer
    private let limit: Duration
    /// The names of the statements that the server has ready.
    private var prepared: [PreparedKey: String] = [:]
    /// True once the connection leads to a server that takes no writes, such as one whose place another took.
    private var isRetired = false
    /// How many statements are kept ready; beyond, all are made anew.
    private static let maximumPrepared = 256

    /// Connects.
    ///
    /// - Parameters:
    ///   - limit: How long a statement may take.
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
        // Notices quote statements; nobody reads them here.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try prepareSession()
    }

    deinit { PQfinish(handle) }

    /// False once the connection broke.
    private var isConnected: Bool { PQstatus(handle) == CONNECTION_OK }
    /// False once the connection is not to be used for anything more.
    var isUsable: Bool { isConnected && !isRetired }
    /// True inside a transaction, also one that failed.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }
    /// True inside a transaction of which nothing can be committed any more.
    var hasFailedTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }

    /// A token to end what the server does for this connection, from any thread.
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

    /// Gives the connection up after what is under way.
    func retire() { isRetired = true }

    /// Begins a transaction.
    ///
    /// - Throws: ``StaleConnection`` where the connection was dead before: nothing was asked on it.
    func begin() throws {
        do {
            try executeAll("BEGIN ISOLATION LEVEL READ COMMITTED")
        } catch let error as RecordStoreError {
            throw StaleConnection(cause: error)
        }
    }

    /// Runs a statement, which is kept ready for the next time, and gives its rows.
    ///
    /// - Throws: ``PostgreSQLError`` where the server refuses it, `RecordStoreError` where the connection broke or no answer came in time.
    func query(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try send(PostgreSQLStatement(sql, arguments), named: prepare(PostgreSQLStatement(sql, arguments)))
        return try finish().rows
    }

    /// Runs a statement, and gives how many rows it changed.
    func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try send(PostgreSQLStatement(sql, arguments), named: prepare(PostgreSQLStatement(sql, arguments)))
        return try finish().count
    }

    /// Runs statements one after another, without waiting for one before the next is sent. After one that fails, none is run.
    ///
    /// - Returns: The result of each.
    func results(of statements: [PostgreSQLStatement]) throws -> [PostgreSQLResult] {
        var results: [PostgreSQLResult] = []
        var ready: [(PostgreSQLStatement, name: String)] = []
        for statement in statements {
            if prepared[PreparedKey(statement)] == nil {
                // The preparation of a statement may fail, and has its place among the others.
                results += try pipeline(ready)
                ready = []
            }
            ready.append((statement, try prepare(statement)))
        }
        return results + (try pipeline(ready))
    }

    private func pipeline(_ statements: [(PostgreSQLStatement, name: String)]) throws -> [PostgreSQLResult] {
        if statements.count < 2 {
            return try statements.map { statement, name in
                try send(statement, named: name)
                return try finish()
            }
        }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        for (statement, name) in statements { try send(statement, named: name) }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var results: [PostgreSQLResult] = []
        var failure: PostgreSQLError?
        for _ in statements {
            do {
                results.append(try finish())
            } catch let error as PostgreSQLError {
                failure = failure ?? error
            }
        }
        _ = try finish(until: PGRES_PIPELINE_SYNC)
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let failure { throw failure }
        return results
    }

    /// Runs statements without arguments, one after another in one text; they are not kept ready.
    func executeAll(_ sql: String) throws {
        guard PQsendQuery(handle, sql) == 1 else { throw lost() }
        _ = try finish()
    }

    private func send(_ statement: PostgreSQLStatement, named name: String) throws {
        // All values stand in one buffer, whose addresses hold for the call. An empty value has an address, too: none means NULL.
        var buffer: [UInt8] = []
        var places: [Range<Int>?] = []
        for argument in statement.arguments {
            let start = buffer.count
            places.append(argument.append(to: &buffer) ? start..<buffer.count : nil)
        }
        buffer.append(0)
        let lengths = places.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: places.count)
        let isSent = buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = places.map { place in place.flatMap { place in base.map { $0 + place.lowerBound } } }
            return PQsendQueryPrepared(handle, name, Int32(places.count), pointers, lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost() }
    }

    private func prepare(_ statement: PostgreSQLStatement) throws -> String {
        let key = PreparedKey(statement)
        if let name = prepared[key] { return name }
        if prepared.count >= Self.maximumPrepared {
            try executeAll("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "gatehouse_\(prepared.count)"
        guard PQsendPrepare(handle, name, statement.sql, Int32(key.types.count), key.types.map { Oid($0) }) == 1 else {
            throw lost()
        }
        _ = try finish()
        prepared[key] = name
        return name
    }

    /// Waits for the end of a statement that was sent, until the limit.
    ///
    /// - Parameter last: A result after which no other comes; `nil` where that has none of its own.
    private func finish(until last: ExecStatusType? = nil) throws -> PostgreSQLResult {
        // The server ends a statement itself at the limit, and says so; a second more is for a server that says nothing any more.
        let end = ContinuousClock.now.advanced(by: limit + .seconds(1))
        var outcome = PostgreSQLResult()
        var failure: PostgreSQLError?
        while true {
            while PQisBusy(handle) == 1 {
                guard wait(until: end) else { throw lost("no answer came in time") }
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            }
            guard let result = PQgetResult(handle) else { break }
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            if status == last { break }
            switch status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: outcome = PostgreSQLResult(result)
            default: failure = failure ?? PostgreSQLError(result)
            }
        }
        if !isConnected { throw lost() }
        if let failure { throw failure }
        return outcome
    }

    /// Waits until the server has written something.
    ///
    /// - Returns: False where the time was over before.
    func wait(until end: ContinuousClock.Instant) -> Bool {
        let socket = PQsocket(handle)
        guard socket >= 0 else { return true }
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return false }
            var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let count = poll(&descriptor, 1, Int32(clamping: left.clampedMilliseconds))
            if count > 0 { return true }
            if count < 0, errno != EINTR { return true }
        }
    }

    /// Takes in what the server wrote without being asked.
    ///
    /// - Throws: `RecordStoreError` where the connection broke. libpq tells so by this alone: there is no state.
    func consume() throws {
        guard PQconsumeInput(handle) == 1, isConnected else { throw lost() }
    }

    /// True if the server has ended the connection, as far as this end can tell. What it wrote last is taken in, and then there is no more.
    func isEnded() -> Bool {
        while true {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard descriptor.fd >= 0 else { return true }
            guard poll(&descriptor, 1, 0) > 0 else { return !isConnected }
            guard PQconsumeInput(handle) == 1 else { return true }
        }
    }

    /// The next notification that came.
    func nextNotification() -> String? {
        guard let notification = PQnotifies(handle) else { return nil }
        defer { PQfreemem(notification) }
        return notification.pointee.extra.map { String(cString: $0) } ?? ""
    }

    private func lost(_ message: String? = nil) -> RecordStoreError {
        // The sentence of a broken connection quotes no value.
        let text = message ?? Self.sentence(PQerrorMessage(handle))
        return .lost(text.isEmpty ? "the connection broke" : text)
    }

    /// The message of libpq, in one line.
    private static func sentence(_ text: UnsafeMutablePointer<CChar>?) -> String {
        let lines = text.map { String(cString: $0) } ?? ""
        return lines.split { $0.isNewline || $0 == "\t" }.joined(separator: " ").printable(atMost: 512)
    }

    /// Texts for C, and a null pointer after them.
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

/// A statement and its arguments.
struct PostgreSQLStatement {
    let sql: String
    let arguments: [PostgreSQLValue]

    init(_ sql: String, _ arguments: [PostgreSQLValue] = []) {
        (self.sql, self.arguments) = (sql, arguments)
    }
}

/// A text with other types of arguments is another statement.
private struct PreparedKey: Hashable {
    let sql: String
    let types: [UInt32]

    init(_ statement: PostgreSQLStatement) {
        (sql, types) = (statement.sql, statement.arguments.map(\.type))
    }
}

/// A connection that was found dead, or of no use, before a transaction could change anything.
struct StaleConnection: Error {
    let cause: RecordStoreError
}

/// The rows of a statement, or how many it changed.
struct PostgreSQLResult {
    var rows: [PostgreSQLRow] = []
    var count = 0

    init() {}

    init(_ result: OpaquePointer) {
        let columns = PQnfields(result)
        rows = (0..<PQntuples(result)).map { row in
            PostgreSQLRow(
                columns: (0..<columns).map { column in
                    guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else {
                        return nil
                    }
                    let count = Int(PQgetlength(result, row, column))
                    return value.withMemoryRebound(to: UInt8.self, capacity: count) {
                        Array(UnsafeBufferPointer(start: $0, count: count))
                    }
                }
            )
        }
        count = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }
}

extension PostgreSQLError {
    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) }
        }
        // PG_DIAG_SQLSTATE, PG_DIAG_CONSTRAINT_NAME and PG_DIAG_MESSAGE_PRIMARY, which are macros of characters.
        self.init(sqlState: field("C") ?? "", constraint: field("n"), serverMessage: field("M") ?? "")
    }
}

extension Duration {
    /// Whole milliseconds, 1 at least, and as many as PostgreSQL and `poll` take at most.
    var clampedMilliseconds: Int64 {
        let milliseconds = self / .milliseconds(1)
        return milliseconds >= Double(Int32.max) ? Int64(Int32.max) : max(1, Int64(milliseconds))
    }
}

/// Ends what the server does for a connection. Its call blocks.
///
/// `@unchecked Sendable`: the handle is never changed after `init`, and libpq lets any thread cancel by it (PQcancel).
final class PostgreSQLCancellation: @unchecked Sendable {
    // libpq: a cancellation may be used by any thread.
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { PQfreeCancel(handle) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(handle, &message, 256)
    }
}
#endif
