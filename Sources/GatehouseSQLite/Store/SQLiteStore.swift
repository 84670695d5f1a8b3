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

    /// Opens a file, or makes one; SQLite's calls stand on a thread of their own.
    ///
    /// - Throws: ``RecordStoreError``
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
                // GRDB sets NORMAL for the writer of a pool, under which a power cut can take what was acknowledged.
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

    /// Opens a store that nobody changes meanwhile, or that others write.
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
            // SQLite makes a file beside one that it reads, which a read-only medium does not let it. Nobody writes there, and the file
            // has everything (sqlite.org/uri.html, "immutable").
            return try open(URL(filePath: path).absoluteString + "?immutable=1")
        }
    }

    /// Returns true if the newest changes lie in a file of their own.
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
            // SQLite would write to a file that nobody finds any more.
            throw RecordStoreError(
                .unavailable,
                "\(path) is not the file that was opened: it was moved, removed or replaced"
            )
        }
        do {
            // GRDB's other way would undo the transaction when the task is cancelled, and with it what others wait for.
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

    /// How the writer writes through: 2 is `FULL`.
    func synchronousLevel() async throws -> Int? {
        try await write { try Int.fetchOne($0.database, sql: "PRAGMA synchronous") }
    }
}

/// Which file lies at a path.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    /// `nil` if there is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}

/// Makes a file, where there is none yet, readable by its owner alone: it has personal data, and the key of checkpoints.
/// SQLite gives its other files the same mode. A failure is told by SQLite, which opens the file next.
private func makeForOwnerAlone(_ path: String) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
}
#endif
