import Foundation
import GatehouseServer
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// The servers, each in a process of its own: the first line that it prints is its port.
enum Serving {
    static func run(_ contender: Contender, _ folder: String) async throws {
        switch contender {
        case .bare:
            let router = Router(context: BasicRequestContext.self)
            router.get("forward-auth") { _, _ in HTTPResponse.Status.ok }
            try await run(router)
        case .digest:
            let router = Router(context: BasicRequestContext.self)
            router.get("forward-auth") { request, _ in try LeastAnswer.answer(request) }
            try await run(router)
        case .bareBody:
            let router = Router(context: BasicRequestContext.self)
            router.post("access/v1/evaluation") { request, _ in
                _ = try await request.body.collect(upTo: 1 << 20)
                return #"{"decision":true}"#
            }
            try await run(router)
        case .forwardAuth, .evaluation: try await sidecar("\(folder)/gatehouse.yaml")
        case .forwardAuthRecorded: try await sidecar("\(folder)/recorded.yaml")
        }
    }

    private static func run(_ router: Router<BasicRequestContext>) async throws {
        var logger = Logger(label: "bare")
        logger.logLevel = .critical
        try await Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { tell($0.localAddress?.port ?? 0) },
            logger: logger
        ).runService()
    }

    private static func sidecar(_ file: String) async throws {
        let configuration = try ServerConfiguration(
            file: file,
            environment: ["GATEHOUSE_LISTEN": "127.0.0.1:0"]
        )
        let logger = Logger(label: "gatehouse") { JSONLogHandler(label: $0) }
        let sidecar = try await Sidecar(configuration, logger: logger)
        let group = ServiceGroup(services: [sidecar], gracefulShutdownSignals: [.sigterm], logger: logger)
        async let running: Void = group.run()
        tell(await sidecar.port() ?? 0)
        try await running
    }

    private static func tell(_ port: Int) {
        print(port)
        fflush(nil)
    }
}

/// A server's process, on processor 0.
final class Server {
    let port: Int
    private let process = Process()

    init(_ contender: Contender, _ world: World) throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "taskset", "-c", "0", CommandLine.arguments[0], "serve", contender.rawValue, world.folder,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(Character(UnicodeScalar(byte)))
        }
        guard let port = Int(line) else { throw Failure("\(contender.rawValue) did not start") }
        self.port = port
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// The memory that the process has, in bytes (proc(5)).
    func residentByteCount() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)
        guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure("the memory cannot be read")
        }
        return pages * Int(getpagesize())
    }
}
