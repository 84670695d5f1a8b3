import Foundation

/// A program that has run to its end.
package struct Program: Sendable {
    /// The exit status; a signal as a negative number.
    package let status: Int32
    package let output: String
    package let errors: String

    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// As many at a time as there are processors: tests ask for all of theirs at once.
    private static let queue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = ProcessInfo.processInfo.activeProcessorCount
        return queue
    }()

    /// Runs a program to its end. No thread of Swift's concurrency waits for it.
    ///
    /// - Parameters:
    ///   - command: The program, by its path or by a name that is looked up in `PATH`, and its arguments.
    ///   - input: The whole of its standard input.
    ///   - environment: Variables beside those of this process.
    ///   - folder: The working folder; `nil` for that of this process.
    /// - Throws: The error of a program that cannot be started.
    package static func run(
        _ command: [String],
        input: [UInt8] = [],
        environment: [String: String] = [:],
        in folder: String? = nil
    ) async throws -> Program {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                continuation.resume(
                    with: Result { try runBlocking(command, input: input, environment: environment, in: folder) }
                )
            }
        }
    }

    /// Runs a program to its end like ``run(_:input:environment:in:)``, and blocks until then.
    package static func runBlocking(
        _ command: [String],
        input: [UInt8] = [],
        environment: [String: String] = [:],
        in folder: String? = nil
    ) throws -> Program {
        // Files take whatever is printed while nobody reads, and have no end that another process could hold back.
        let files = try TemporaryFolder()
        defer { files.remove() }
        let output = try files.write("", to: "output")
        let errors = try files.write("", to: "errors")
        let process = Process(command, environment: environment, folder: folder)
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files.write(input, to: "input")))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        try process.start()
        process.waitUntilExit()
        return Program(
            status: process.status,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }
}

extension Process {
    /// The exit status of a process that has ended; a signal as a negative number.
    var status: Int32 { terminationReason == .exit ? terminationStatus : -terminationStatus }
}
