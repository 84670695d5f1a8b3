#if PostgreSQL
import Foundation
import GatehousePostgreSQL
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A PostgreSQL server of the system's packages in a folder of its own, by an ordinary user, on a free port of loopback.
final class PostgreSQLServer: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    static let missing: Comment = "skipped: apt-get install postgresql"
    /// One server for all tests; each has a database of its own.
    static let shared = Result { try PostgreSQLServer() }
    private static let databases = Mutex(0)

    /// True if there is a server to start, and in CI, where its absence is a failure.
    static let isThere: Bool = {
        if ProcessInfo.processInfo.environment["CI"] != nil || programs != nil { return true }
        print(missing)
        return false
    }()

    /// The folder of `initdb` and `postgres`.
    private static let programs: String? = {
        let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders =
            debian.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    let folder: String
    private let options: [String]
    private let state: Mutex<(process: Process?, port: Int)>

    /// The port of the server: another one after each start elsewhere.
    var port: Int { state.withLock { $0.port } }

    /// Makes a server and starts it.
    ///
    /// - Parameters:
    ///   - options: Settings, as `name=value`.
    ///   - original: A server to make a standby of; `nil` for a new one.
    ///   - prepare: Changes files of the data folder before the start.
    init(
        options: [String] = [],
        standbyOf original: PostgreSQLServer? = nil,
        prepare: (_ folder: String) throws -> Void = { _ in }
    ) throws {
        guard let programs = Self.programs else { throw Missing(description: "apt-get install postgresql") }
        self.options = options
        folder =
            FileManager.default.temporaryDirectory.appending(path: "gatehouse-pg-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        state = Mutex((nil, try RawConnection.freePort()))
        if geteuid() == 0 { try Self.run(["chown", "nobody", folder]) }
        let make =
            if let original {
                [
                    "\(programs)/pg_basebackup", "-D", "\(folder)/data", "-R", "-c", "fast", "-X", "stream", "-d",
                    original.url("postgres"),
                ]
            } else {
                [
                    "\(programs)/initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                    "--locale=C", "--no-sync",
                ]
            }
        try Self.run(Self.unprivileged + make)
        try prepare("\(folder)/data")
        if geteuid() == 0 { try Self.run(["chown", "-R", "nobody", folder]) }
        try start()
        atProcessEnd { [folder] in
            // The process ends without a chance to wait: the server's own number stands in its first line.
            if let text = try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8),
                let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) })
            {
                kill(pid, SIGQUIT)
            }
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// The address of a fresh database.
    func database() throws -> String {
        let name = Self.databases.withLock { number in
            number += 1
            return "t\(number)"
        }
        try sql("CREATE DATABASE \(name)", in: "postgres")
        return url(name)
    }

    func url(_ database: String, port: Int? = nil) -> String {
        "postgresql://postgres@127.0.0.1:\(port ?? self.port)/\(database)"
    }

    /// Runs statements by `psql`.
    @discardableResult
    func sql(_ text: String, in database: String) throws -> String {
        try Self.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-c", text])
    }

    /// Starts the server where it was, or on another port.
    func start(port: Int? = nil) throws {
        guard let programs = Self.programs else { return }
        let port = state.withLock { state in
            if let port { state.port = port }
            return state.port
        }
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments =
            Self.unprivileged + [
                "\(programs)/postgres", "-D", "\(folder)/data", "-p", String(port), "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=\(folder)", "-c", "max_connections=200",
            ] + options.flatMap { ["-c", $0] }
        let log = "\(folder)/log"
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let output = FileHandle(forWritingAtPath: log)
        try output?.seekToEnd()
        server.standardOutput = FileHandle.nullDevice
        server.standardError = output ?? FileHandle.nullDevice
        try server.start()
        state.withLock { $0.process = server }
        // psql itself waits for nothing: the server is asked until it answers, or has ended.
        while server.isRunning {
            if (try? Self.run(["\(programs)/pg_isready", "-q", "-h", "127.0.0.1", "-p", String(port)])) != nil {
                return
            }
            usleep(20_000)
        }
        throw Missing(
            description: "the server did not start: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")"
        )
    }

    /// Ends the server at once, as a power cut does (`SIGQUIT`), after its clients (`SIGINT`), or itself alone (`SIGKILL`).
    func stop(_ signal: Int32 = SIGQUIT) {
        let server = state.withLock { state in
            defer { state.process = nil }
            return state.process
        }
        guard let server else { return }
        let children = signal == SIGKILL ? (try? processes()) ?? [] : []
        kill(server.processIdentifier, signal)
        server.waitUntilExit()
        // Processes of a server that was killed end by themselves, and until then none can be started in its folder.
        for child in children { while Self.isRunning(child) { usleep(1_000) } }
    }

    /// True if a process has not ended; one that has, and that nobody has asked about, has.
    private static func isRunning(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return state?.contains(") Z ") != true
    }

    /// The processes of the server but the first, of clients alone or all.
    func processes(ofClients: Bool = false) throws -> [pid_t] {
        let condition = ofClients ? "backend_type = 'client backend' AND datname <> 'postgres'" : "true"
        return try sql(
            "SELECT pid FROM pg_stat_activity WHERE \(condition) AND pid <> pg_backend_pid()",
            in: "postgres"
        ).split(separator: "\n").compactMap { pid_t($0) }
    }

    private static var unprivileged: [String] {
        geteuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    }

    @discardableResult
    static func run(_ arguments: [String]) throws -> String {
        let program = try Program.runBlocking(arguments)
        guard program.status == 0 else {
            throw Missing(description: "\(arguments.prefix(6)) failed: \(program.errors)")
        }
        return program.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Calls a block when the process ends.
private let blocks = Mutex<[@Sendable () -> Void]>([])
private func atProcessEnd(_ block: @escaping @Sendable () -> Void) {
    let isFirst = blocks.withLock { blocks in
        blocks.append(block)
        return blocks.count == 1
    }
    guard isFirst else { return }
    atexit { for block in blocks.withLock({ $0 }) { block() } }
}
#endif
