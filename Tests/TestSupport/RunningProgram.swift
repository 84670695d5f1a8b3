import Dispatch
import Foundation

/// A program that runs beside a test, which writes and reads its lines; it is killed with its last user.
package final class RunningProgram: @unchecked Sendable {
    // Unchecked: one task at a time writes, and one at a time reads a stream.
    private let process: Process
    private let input: FileHandle
    private let ended = DispatchSemaphore(value: 0)

    package let output: LineReader
    /// The standard error; `nil` if that of this process was inherited.
    package let errors: LineReader?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: The program, by its path or by a name that is looked up in `PATH`, and its arguments.
    ///   - environment: Variables beside those of this process.
    ///   - readsErrors: True if the test reads the standard error.
    package init(_ command: [String], environment: [String: String] = [:], readsErrors: Bool = false) throws {
        let process = Process(command, environment: environment, folder: nil)
        process.terminationHandler = { [ended] _ in ended.signal() }
        var pipes: [Pipe] = []
        try process.start {
            pipes = [Pipe(), Pipe(), Pipe()]
            process.standardInput = pipes[0]
            process.standardOutput = pipes[1]
            if readsErrors { process.standardError = pipes[2] }
        }
        self.process = process
        input = pipes[0].fileHandleForWriting
        output = LineReader(pipes[1].fileHandleForReading)
        errors = readsErrors ? LineReader(pipes[2].fileHandleForReading) : nil
    }

    deinit {
        send(SIGKILL)
        waitUntilExit()
    }

    package var isRunning: Bool { process.isRunning }

    /// Writes a line to the standard input.
    package func write(_ line: String) throws { try input.write(contentsOf: Data((line + "\n").utf8)) }

    /// Ends the standard input.
    package func closeInput() throws { try input.close() }

    package func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// The exit status; a signal as a negative number. It blocks until the program has ended.
    @discardableResult
    package func waitUntilExit() -> Int32 {
        ended.wait()
        ended.signal()
        return process.status
    }
}
