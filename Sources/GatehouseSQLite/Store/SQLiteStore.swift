#if SQLite
import Dispatch
import Foundation
import GRDB
import GatehouseRecords

/// A SQLite file with the tables of a store.
final class SQLiteStore: RecordStore {
    typealias Transaction = SQLiteTransaction

    private let database: any DatabaseWriter
    private let path: String
    private let file: FileIdentity?

    /// Opens a file, or makes a file. SQLite's calls run on their own thread.
    ///
    /// - Throws: ``RecordStoreError`` if the file cannot be opened.
    static func opening(_ path: String, isReadOnly: Bool) async throws -> SQLiteStore {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try SQLiteStore(path, isReadOnly: isReadOnly) })
            }
        }
    }

    private init(_ path: String, isReadOnly: Bool) throws {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.readonly = isReadOnly
            if isReadOnly {
                database = try Self.openedForReading(path, configuration)
            } else {
                makeForOwnerAlone(path)
                let pool = try DatabasePool(path: path, configuration: configuration)
                try pool.write { try Schema.prepare($0, path: path) }
                // GRDB sets NORMAL for the writer of a pool. With NORMAL, a power failure can undo an acknowledged write.
                let level = try pool.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA synchronous = FULL")
                    return try Int.fetchOne(database, sql: "PRAGMA synchronous")
                }
                guard level == 2 else { throw RecordStoreError(.unusable, "SQLite does not write \(path) through") }
                database = pool
            }
        } catch let error as DatabaseError {
            let opened = RecordStoreError(error)
            throw RecordStoreError(opened.code, "\(path): \(opened.message)", retryAfter: opened.retryAfter)
        }
        file = FileIdentity(path)
    }

    /// Opens a store that other processes may write, or that no process changes.
    private static func openedForReading(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        func open(_ name: String) throws -> DatabaseQueue {
            let queue = try DatabaseQueue(path: name, configuration: configuration)
            try queue.read { try Schema.require($0, path: path) }
            return queue
        }
        do {
            return try open(path)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN && FileIdentity(path) != nil
        {
            guard !isWALBeside(path) else {
                throw RecordStoreError(
                    .unavailable,
                    "\(path) cannot be read where nothing can be written: copy it and \(path)-wal to another folder"
                )
            }
            // SQLite makes a file beside a file that it reads, which a read-only medium does not allow. No process writes there, and the
            // file is complete (sqlite.org/uri.html, "immutable").
            return try open(URL(filePath: path).absoluteString + "?immutable=1")
        }
    }

    /// Returns true if the newest changes are in a separate file.
    private static func isWALBeside(_ path: String) -> Bool {
        var status = stat()
        return stat(path + "-wal", &status) == 0 && status.st_size > 0
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await database.read { try body(SQLiteTransaction($0)) }
        } catch let error as DatabaseError where error.isOfStore {
            throw RecordStoreError(error)
        }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        guard file == FileIdentity(path) else {
            // SQLite would write to a file that no path leads to any more.
            throw RecordStoreError(
                .unavailable,
                "\(path) is not the file that was opened: it was moved, removed or replaced"
            )
        }
        do {
            // GRDB's other method undoes the transaction if the task is cancelled, and with it the work that others wait for.
            return try await withCheckedThrowingContinuation { continuation in
                database.asyncWriteWithoutTransaction { database in
                    continuation.resume(
                        with: Swift.Result {
                            var result: Result?
                            try database.inTransaction(.immediate) {
                                result = try body(SQLiteTransaction(database))
                                return .commit
                            }
                            guard let result else { throw RecordStoreError(.corrupt, "a transaction gave no result") }
                            return result
                        }
                    )
                }
            }
        } catch let error as DatabaseError where error.isOfStore {
            throw RecordStoreError(error)
        }
    }

    /// Returns the writer's level of durability: 2 is `FULL`.
    func synchronousLevel() async throws -> Int? {
        try await write { try Int.fetchOne($0.database, sql: "PRAGMA synchronous") }
    }
}

/// The identity of the file at a path.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    /// Reads the identity; `nil` if there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}

/// Makes an empty file that only its owner can read, unless the file exists. The file has personal data and the key of checkpoints. SQLite
/// gives its other files the same mode. SQLite reports a failure when it opens the file.
private func makeForOwnerAlone(_ path: String) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
}
#endif
