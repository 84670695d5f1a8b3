#if SQLite
public import GRDB
public import GatehouseRecords

/// The rows of a SQLite store within a transaction.
public struct SQLiteTransaction: RecordTransaction {
    /// GRDB's access to the database. An application writes its own tables through it in the same transaction.
    public let database: Database

    init(_ database: Database) {
        self.database = database
    }

    public func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            var result: Result?
            try database.inSavepoint {
                result = try body()
                return .commit
            }
            guard let result else { throw RecordStoreError(.corrupt, "a savepoint gave no result") }
            return result
        } catch let error as DatabaseError where error.isOfStore {
            throw RecordStoreError(error)
        }
    }

    /// Runs a statement that returns no rows.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Returns the values that a closure makes from a statement's rows. A row exists only during the closure, and only the values that are
    /// read are copied.
    func rows<Value>(
        _ sql: String,
        _ arguments: StatementArguments = StatementArguments(),
        _ make: (Row) throws -> Value
    ) throws -> [Value] {
        let cursor = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try cursor.next() { values.append(try make(row)) }
        return values
    }

    /// Returns the only row of a statement; `nil` if there is none.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseError {
    /// True if the store itself failed, and not a wrong statement. The whole transaction is then lost.
    var isOfStore: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY,
            .SQLITE_CANTOPEN,
            .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL, .SQLITE_ABORT:
            true
        default: false
        }
    }
}

extension RecordStoreError {
    /// Makes an error.
    ///
    /// - Parameter error: The error of GRDB. Its message contains no value, since GRDB keeps arguments for debugging only.
    init(_ error: DatabaseError) {
        let code: Code =
            switch error.resultCode {
            case .SQLITE_CORRUPT: .corrupt
            case .SQLITE_NOTADB: .unusable
            default: .unavailable
            }
        self.init(
            code,
            "SQLite: \(error.message ?? "error") (\(error.extendedResultCode.rawValue))",
            retryAfter: .seconds(1)
        )
    }
}
#endif
