#if PostgreSQL
import Gatehouse
import GatehouseRecords

/// A database with the tables of a store.
final class PostgreSQLStore: RecordStore {
    typealias Transaction = PostgreSQLTransaction

    let settings: PostgreSQLSettings
    let node: String
    let limit: Duration
    private let pool: PostgreSQLPool
    /// The largest number of attempts at a transaction that conflicts with others.
    private static let maximumAttempts = 8

    init(_ settings: PostgreSQLSettings, node: String, connections: Int, limit: Duration, maximumWaiting: Int) {
        (self.settings, self.node, self.limit) = (settings, node, limit)
        pool = PostgreSQLPool(settings, size: connections, limit: limit, maximumWaiting: maximumWaiting)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        try await run(isWriting: false, isCancellable: true, body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        try await run(isWriting: true, isCancellable: false, body)
    }

    /// Runs a closure with a connection, outside any transaction.
    func withConnection<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.run(isCancellable: false, body)
        } catch let error as PostgreSQLError where error.isOfStore {
            throw RecordStoreError(error)
        }
    }

    private func run<Result: Sendable>(
        isWriting: Bool,
        isCancellable: Bool,
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Result
    ) async throws -> Result {
        let node = node
        do {
            return try await pool.run(isCancellable: isCancellable) { connection in
                var attempt = 1
                while true {
                    do {
                        return try Self.transaction(on: connection, node, isWriting: isWriting, body)
                    } catch let error as PostgreSQLError where error.isConflict && attempt < Self.maximumAttempts {
                        // The server ended one of two transactions that waited for each other.
                        attempt += 1
                    }
                }
            }
        } catch {
            if isCancellable, Task.isCancelled { throw CancellationError() }
            if let error = error as? PostgreSQLError, error.isOfStore { throw RecordStoreError(error) }
            throw error
        }
    }

    private static func transaction<Result>(
        on connection: PostgreSQLConnection,
        _ node: String,
        isWriting: Bool,
        _ body: (PostgreSQLTransaction) throws -> Result
    ) throws -> Result {
        // A transaction locks its part of the store before it reads, so that no other transaction changes the rows that it read.
        let database = PostgreSQLDatabase(
            connection,
            isWriting: isWriting,
            begin: isWriting ? "ISOLATION LEVEL READ COMMITTED" : "ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        do {
            let result = try body(PostgreSQLTransaction(database))
            if !database.news.isEmpty { try BusMessage.send(database.news, from: node, on: database) }
            try database.commit()
            return result
        } catch {
            database.undo()
            throw database.conflict ?? error
        }
    }
}
#endif
