#if Server
import Foundation
import GatehouseBase
import TestSupport

/// `gatehouse serve` on a free port, until it is told to end.
final class ServerProcess {
    private let program: RunningProgram
    /// All lines of the log that were read.
    private(set) var text = ""

    init(configuration: String, environment: [String: String] = [:]) throws {
        program = try RunningProgram(
            [Tool.executable.path, "serve", "--config", configuration],
            environment: ["GATEHOUSE_LISTEN": "127.0.0.1:0"].merging(environment) { $1 },
            readsErrors: true
        )
    }

    /// The next line of the log with this message; `nil` once the process has ended.
    func line(_ message: String) throws -> JSONValue? {
        while let line = program.errors?.next() {
            text += line + "\n"
            let json = JSONValue(try JSONDocument(parsing: Array(line.utf8)).root)
            if json["message"]?.string == message { return json }
        }
        return nil
    }

    /// The rest of the log of a process that has ended.
    func rest() -> String { program.errors?.rest() ?? "" }

    func hangUp() { program.send(SIGHUP) }

    func terminate() { program.send(SIGTERM) }

    /// How the process ended; a signal as a negative number.
    func waitUntilExit() -> Int32 { program.waitUntilExit() }
}
#endif
