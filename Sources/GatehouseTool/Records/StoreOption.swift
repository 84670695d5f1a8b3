#if Server
import ArgumentParser
import Foundation
import Gatehouse
import GatehousePostgreSQL
import GatehouseRecords
import GatehouseServer
import GatehouseSQLite

/// The options `--store` and `--config` of commands that work on records.
struct StoreOption: ParsableArguments {
    private static let form = "sqlite:FILE or \(DatabaseAddress.form)"

    @Option(help: ArgumentHelp("The records: \(StoreOption.form).", valueName: "store"))
    var store: String?

    @Option(help: ArgumentHelp("The configuration of `gatehouse serve` whose store it is.", valueName: "file"))
    var config: String?

    func validate() throws {
        guard (store == nil) != (config == nil) else {
            throw ValidationError("Say which records: --store \(Self.form), or --config FILE.")
        }
        guard let store else { return }
        // No message repeats the text, since the text may contain a password.
        guard let parsed = try Self.parsed(store) else {
            throw ValidationError("--store is \(Self.form).")
        }
        if case .postgreSQL(let address) = parsed, DatabaseAddress(address)?.hasPassword == true {
            throw ValidationError(
                "--store has a password in it, which others on this machine can see: set PGPASSWORD, write it into ~/.pgpass, or name the configuration by --config."
            )
        }
    }

    private static func parsed(_ text: String) throws(CommandFailure) -> ServerConfiguration.Store? {
        let prefix = "sqlite:"
        if text.hasPrefix(prefix), text.utf8.count > prefix.utf8.count {
            return .sqlite(String(text.dropFirst(prefix.count)))
        }
        guard DatabaseAddress(text) != nil else { return nil }
        return .postgreSQL(text)
    }

    /// Opens the store, which must exist.
    ///
    /// - Parameters:
    ///   - isReadOnly: True if nothing is written, not even a record of the access.
    ///   - makesTables: True to make the tables of a database that has none.
    /// - Throws: ``CommandFailure`` if the store cannot be opened.
    func opened(isReadOnly: Bool, makesTables: Bool = false) async throws(CommandFailure) -> any CommandRecords {
        do {
            switch try chosen() {
            case .sqlite(let path):
                guard FileManager.default.fileExists(atPath: path) else {
                    throw CommandFailure("\(path): there is no such file")
                }
                return try await SQLiteRecords(
                    path: path,
                    maximumTokenLifetime: Self.maximumTokenLifetime,
                    isReadOnly: isReadOnly,
                    makesCheckpointKey: false
                )
            #if PostgreSQL
            case .postgreSQL(let address):
                return try await PostgreSQLRecords(
                    url: address,
                    node: "gatehouse-tool",
                    configuration: PostgreSQLRecords.Configuration(
                        maximumConnections: 2,
                        maximumTokenLifetime: Self.maximumTokenLifetime,
                        migrates: makesTables
                    )
                )
            #else
            case .postgreSQL: throw CommandFailure(DatabaseAddress.missingTrait)
            #endif
            }
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// The lifetime of marks, a hundred years. A command does not know the longest lifetime of the servers' tokens, and so keeps all marks.
    private static let maximumTokenLifetime = Duration.seconds(100 * 366 * 86_400)

    private func chosen() throws(CommandFailure) -> ServerConfiguration.Store {
        if let store, let parsed = try Self.parsed(store) { return parsed }
        let file = config ?? ""
        let configuration: ServerConfiguration
        do throws(ConfigurationError) {
            configuration = try ServerConfiguration(file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure(error.description)
        }
        guard let store = configuration.store else { throw CommandFailure("\(file): it names no store") }
        return store
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

/// The records of a command, in any database.
protocol CommandRecords: RecordStore {
    var audit: AuditLog { get }
}

extension SQLiteRecords: CommandRecords {}
#if PostgreSQL
extension PostgreSQLRecords: CommandRecords {}
#endif

/// A command that uses records.
protocol RecordsCommand: AsyncParsableCommand {
    var store: StoreOption { get }
    /// True if nothing is written, not even a record of the access.
    var isReadOnly: Bool { get }
    /// True to make the tables of a database that has none.
    var makesTables: Bool { get }
    func run(on records: some CommandRecords) async throws
}

extension RecordsCommand {
    var isReadOnly: Bool { false }
    var makesTables: Bool { false }

    func run() async throws {
        let records = try await store.opened(isReadOnly: isReadOnly, makesTables: makesTables)
        do {
            try await run(on: records)
        } catch let error as RecordStoreError {
            throw CommandFailure("the records: \(error)")
        }
    }
}

extension CommandRecords {
    /// Adds a record to the log that a command reads the log.
    func logReading(_ command: String) async throws {
        try await logAdministration("audit.read", ["command": .string(command)])
    }

    /// Adds a record to the log about an action of this machine's user.
    func logAdministration(_ event: String, _ metadata: JSONValue) async throws {
        let user = ProcessInfo.processInfo.userName
        try await audit.append(event: event, user: user.isEmpty ? nil : user, metadata: metadata)
        try await audit.flush()
    }

    /// Calls `body` with the records that match, a page at a time, in the order of writing.
    func forEachPage(_ query: AuditQuery, _ body: ([AuditRow]) async throws -> Void) async throws {
        try await forEachPage(query, after: 0) { page in
            try await body(page)
            return true
        }
    }

    /// Calls `body` with pages of the records after a record, while `body` returns true.
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
