#if Server
import Foundation
import GatehouseBase

/// `gatehouse serve` on a free port, until it is told to end.
final class ServerProcess {
    private let process = Process()
    private let log = Pipe()
    /// All lines of the log that were read.
    private(set) var text = ""

    init(configuration: String, environment: [String: String] = [:]) throws {
        process.executableURL = Tool.executable
        process.arguments = ["serve", "--config", configuration]
        process.environment = ProcessInfo.processInfo.environment.merging(["GATEHOUSE_LISTEN": "127.0.0.1:0"]) { $1 }
            .merging(environment) { $1 }
        process.standardError = log
        try process.run()
    }

    deinit {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// The next line of the log with this message; `nil` once the process has ended.
    func line(_ message: String) throws -> JSONValue? {
        var bytes: [UInt8] = []
        while let data = try log.fileHandleForReading.read(upToCount: 1), let byte = data.first {
            guard byte == UInt8(ascii: "\n") else {
                bytes.append(byte)
                continue
            }
            text += String(decoding: bytes, as: UTF8.self) + "\n"
            let json = JSONValue(try JSONDocument(parsing: bytes).root)
            if json["message"]?.string == message { return json }
            bytes = []
        }
        return nil
    }

    /// The rest of the log of a process that has ended.
    func rest() throws -> String { String(decoding: try log.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self) }

    func hangUp() { kill(process.processIdentifier, SIGHUP) }

    func terminate() { process.terminate() }

    /// How the process ended; a signal as a negative number.
    func waitUntilExit() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
#endif
