#if Server
import ArgumentParser
import Foundation
import Gatehouse
import GatehouseRecords
import GatehouseServer
import GatehouseSQLite

/// The options `--store` and `--config` of commands that work on records.
struct StoreOption: ParsableArguments {
    @Option(help: ArgumentHelp("The records: sqlite:FILE.", valueName: "store"))
    var store: String?

    @Option(help: ArgumentHelp("The configuration of `gatehouse serve` whose store it is.", valueName: "file"))
    var config: String?

    func validate() throws {
        guard (store == nil) != (config == nil) else {
            throw ValidationError("Say which records: --store sqlite:FILE, or --config FILE.")
        }
    }

    /// Opens the store; it has to exist.
    ///
    /// - Parameter isReadOnly: Whether nothing is written, not even who read.
    /// - Throws: ``CommandFailure``
    func opened(isReadOnly: Bool = false) async throws(CommandFailure) -> SQLiteRecords {
        let path = try self.path
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("\(path): there is no such file")
        }
        do {
            return try await SQLiteRecords(path: path, isReadOnly: isReadOnly, makesCheckpointKey: false)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private var path: String {
        get throws(CommandFailure) {
            if let config { return try Self.path(inConfiguration: config) }
            let (prefix, store) = ("sqlite:", store ?? "")
            guard store.hasPrefix(prefix), store.utf8.count > prefix.utf8.count else {
                throw CommandFailure(
                    "--store \(store): a store is sqlite:FILE, such as sqlite:\(store.isEmpty ? "gatehouse.db" : store)"
                )
            }
            return String(store.dropFirst(prefix.count))
        }
    }

    private static func path(inConfiguration file: String) throws(CommandFailure) -> String {
        let configuration: ServerConfiguration
        do throws(ConfigurationError) {
            configuration = try ServerConfiguration(file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure(error.description)
        }
        guard case .sqlite(let path)? = configuration.store else { throw CommandFailure("\(file): it names no store") }
        return path
    }
}

/// The options `--since` and `--until`.
struct PeriodOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "From when on: RFC 3339, a date (its begin in UTC) or Unix seconds; default the first record.",
            valueName: "time"
        )
    )
    var since: TimeOption?

    @Option(
        help: ArgumentHelp(
            "Until when, that instant not included: as --since; default the last record.",
            valueName: "time"
        )
    )
    var until: TimeOption?

    func validate() throws {
        if let since, let until, since.time >= until.time { throw ValidationError("--since lies before --until.") }
    }

    func query(types: [String] = []) -> AuditQuery {
        AuditQuery(since: since?.time, until: until?.time, types: types)
    }
}

extension SQLiteRecords {
    /// Runs a command's work on the records.
    ///
    /// - Throws: ``CommandFailure`` where the store fails; what `body` throws otherwise.
    func reading<Result>(_ body: (SQLiteRecords) async throws -> Result) async throws -> Result {
        do {
            return try await body(self)
        } catch let error as RecordStoreError {
            throw CommandFailure("the records: \(error)")
        }
    }

    /// Writes into the log that somebody reads it, and with which command.
    func logReading(_ command: String) async throws {
        let user = ProcessInfo.processInfo.userName
        try await audit.append(
            event: "audit.read",
            user: user.isEmpty ? nil : user,
            metadata: ["command": .string(command)]
        )
        try await audit.flush()
    }

    /// Calls `body` with the records that fit, a page at a time, in the order of writing.
    func forEachPage(_ query: AuditQuery, _ body: ([AuditRow]) async throws -> Void) async throws {
        try await forEachPage(query, after: 0) { page in
            try await body(page)
            return true
        }
    }

    /// As the other, from behind a record on and for as long as `body` says so.
    func forEachPage(
        _ query: AuditQuery,
        after number: Int64,
        _ body: ([AuditRow]) async throws -> Bool
    ) async throws {
        var last = number
        while true {
            let after = last
            let page = try await read { try $0.auditRows(query, after: after, limit: 1_000) }
            guard let end = page.last else { return }
            guard try await body(page) else { return }
            last = end.number
        }
    }
}
#endif
