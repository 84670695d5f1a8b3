/// A place where records are kept: a database, or memory.
///
/// Everything that has to hold together happens in one transaction: a webhook and the change that it means, an effect and the mark
/// that it is done, an audit record and the head of its chain. The rules stand above the rows: an engine only has to keep these.
public protocol RecordStore: Sendable {
    /// The rows that are read and written in one transaction.
    associatedtype Transaction: RecordTransaction

    /// Reads a state of the store that nobody changes meanwhile.
    ///
    /// - Throws: ``RecordStoreError`` where the store cannot be read, and the errors of `body`.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result

    /// Changes the store, alone, and returns once that is durable. Where `body` throws, nothing is changed. That the calling task is
    /// cancelled does not matter.
    ///
    /// - Throws: ``RecordStoreError`` where the store cannot be written, and the errors of `body`.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result
}

/// The rows of a store within a transaction. It is not used outside the closure that it was given to.
public protocol RecordTransaction: WebhookRows, DirectoryRows, AuditRows {
    /// The connection that an application's own tables are written through, in the same transaction.
    associatedtype Database

    /// The connection that an application's own tables are written through.
    var database: Database { get }

    /// Undoes what `body` did where it throws, and nothing else.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result
}
