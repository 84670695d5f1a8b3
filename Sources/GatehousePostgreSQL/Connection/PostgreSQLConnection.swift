#if PostgreSQL
import CPostgreSQL
import Foundation
import GatehouseRecords

/// A connection, which one thread uses. Every call blocks that thread, for as long as the connection's limit at most.
final class PostgreSQLConnection {
    private let handle: OpaquePointer
    private let limit: Duration
    /// The names of the statements that the server has ready.
    private var prepared: [String: String] = [:]
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
    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }
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

    /// Begins a transaction.
    ///
    /// - Throws: ``StaleConnection`` where the connection was dead before: nothing was asked on it.
    func begin(_ mode: String = "ISOLATION LEVEL READ COMMITTED") throws {
        do {
            try executeAll("BEGIN \(mode)")
        } catch let error as RecordStoreError {
            throw StaleConnection(cause: error)
        }
    }

    /// Runs a statement, which is kept ready for the next time, and gives its rows.
    ///
    /// - Throws: ``PostgreSQLError`` where the server refuses it, `RecordStoreError` where the connection broke or no answer came in time.
    func query(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> [PostgreSQLRow] {
        try result(of: sql, arguments).rows
    }

    /// Runs a statement, and gives how many rows it changed.
    func execute(_ sql: String, _ arguments: [PostgreSQLValue] = []) throws -> Int {
        try result(of: sql, arguments).count
    }

    /// Runs statements without arguments, one after another in one text; they are not kept ready.
    func executeAll(_ sql: String) throws {
        guard PQsendQuery(handle, sql) == 1 else { throw lost() }
        _ = try finish()
    }

    private func result(of sql: String, _ arguments: [PostgreSQLValue]) throws -> PostgreSQLResult {
        let name = try prepare(sql, arguments)
        let values = arguments.map(\.binary)
        // All values stand in one buffer, whose addresses hold for the call. An empty value has an address, too: none means NULL.
        let buffer = Array(values.compactMap { $0 }.joined()) + [0]
        var offsets: [Int?] = []
        var offset = 0
        for value in values {
            offsets.append(value == nil ? nil : offset)
            offset += value?.count ?? 0
        }
        let lengths = values.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        let isSent = buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { place in base.map { $0 + place } } }
            return PQsendQueryPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost() }
        return try finish()
    }

    private func prepare(_ sql: String, _ arguments: [PostgreSQLValue]) throws -> String {
        // A text with other types of arguments is another statement.
        let key = arguments.map { String($0.type) }.joined(separator: ",") + ";" + sql
        if let name = prepared[key] { return name }
        if prepared.count >= Self.maximumPrepared {
            try executeAll("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "gatehouse_\(prepared.count)"
        guard PQsendPrepare(handle, name, sql, Int32(arguments.count), arguments.map { Oid($0.type) }) == 1 else {
            throw lost()
        }
        _ = try finish()
        prepared[key] = name
        return name
    }

    /// Waits for the end of what was sent, until the limit.
    private func finish() throws -> PostgreSQLResult {
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
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: outcome = PostgreSQLResult(result)
            default: failure = failure ?? PostgreSQLError(result)
            }
        }
        if !isUsable { throw lost() }
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
        guard PQconsumeInput(handle) == 1, isUsable else { throw lost() }
    }

    /// True if the server has ended the connection, as far as this end can tell. What it wrote last is taken in, and then there is no more.
    func isEnded() -> Bool {
        while true {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard descriptor.fd >= 0 else { return true }
            guard poll(&descriptor, 1, 0) > 0 else { return !isUsable }
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

/// A connection that was found dead when a transaction was to begin.
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
