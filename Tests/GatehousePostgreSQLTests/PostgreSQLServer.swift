#if PostgreSQL
import Foundation
import GatehousePostgreSQL
import Synchronization
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
    let port: Int
    private let process = Mutex<Process?>(nil)

    init() throws {
        guard let programs = Self.programs else { throw Missing(description: "apt-get install postgresql") }
        folder =
            FileManager.default.temporaryDirectory.appending(path: "gatehouse-pg-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        port = try Self.freePort()
        if geteuid() == 0 { try Self.run(["chown", "nobody", folder]) }
        try Self.run(
            Self.unprivileged + [
                "\(programs)/initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
            ]
                + ["--locale=C", "--no-sync"]
        )
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

    func start() throws {
        guard let programs = Self.programs else { return }
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments =
            Self.unprivileged + [
                "\(programs)/postgres", "-D", "\(folder)/data", "-p", String(port), "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=\(folder)", "-c", "max_connections=200",
            ]
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        process.withLock { $0 = server }
        // psql itself waits for nothing: the server is asked until it answers, or has ended.
        while server.isRunning {
            if (try? Self.run(["\(programs)/pg_isready", "-q", "-h", "127.0.0.1", "-p", String(port)])) != nil {
                return
            }
            usleep(20_000)
        }
        throw Missing(description: "the server did not start")
    }

    /// Ends the server at once, as a power cut does (`SIGQUIT`), or after its clients (`SIGINT`).
    func stop(_ signal: Int32 = SIGQUIT) {
        let server = process.withLock { held in
            defer { held = nil }
            return held
        }
        guard let server else { return }
        kill(server.processIdentifier, signal)
        server.waitUntilExit()
    }

    private static var unprivileged: [String] {
        geteuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    }

    private static func freePort() throws -> Int {
        #if canImport(Glibc)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard bound else { throw Missing(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    @discardableResult
    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Missing(description: "\(arguments.prefix(6)) failed") }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
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
