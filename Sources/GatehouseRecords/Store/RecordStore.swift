/// A store of records: a database, or memory.
///
/// Data that depend on each other are written in one transaction: a webhook and its change of the directory, an effect and the mark that it
/// is done, an audit record and the head of its chain. The rules of the records are written above the rows, so that a store only has to
/// keep the rows.
public protocol RecordStore: Sendable {
    /// The rows that are read and written in one transaction.
    associatedtype Transaction: RecordTransaction

    /// Reads a consistent state of the store.
    ///
    /// - Throws: ``RecordStoreError`` if the store cannot be read, and the errors of `body`.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result

    /// Changes the store exclusively, and returns after the change is durable. If `body` throws, nothing is changed. The cancellation of
    /// the calling task has no effect.
    ///
    /// - Throws: ``RecordStoreError`` if the store cannot be written, and the errors of `body`.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result
}

/// The rows of a store within a transaction. The value must not be used outside the closure that receives it.
public protocol RecordTransaction: WebhookRows, DirectoryRows, AuditRows {
    /// The connection that an application's own tables are written through, in the same transaction.
    associatedtype Database

    /// The connection that an application's own tables are written through.
    var database: Database { get }

    /// Runs `body`. If `body` throws, only the changes of `body` are undone.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result
}
