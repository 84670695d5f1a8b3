#if SQLite
public import GRDB
public import GatehouseRecords

/// The rows of a SQLite store within a transaction.
public struct SQLiteTransaction: RecordTransaction {
    /// GRDB's access to the database: an application's own tables are written through it, in the same transaction.
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

    /// Runs a statement that gives no rows.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Returns the values that are made of a statement's rows. A row is not kept beyond the closure: nothing of it is copied but what is
    /// read.
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

    /// Returns the only row that a statement gives; `nil` if none.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseError {
    /// True if the store itself failed, rather than a statement that was wrong: nothing of the transaction can be kept.
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
    /// - Parameter error: Its message names no value: GRDB keeps arguments for debugging only.
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
