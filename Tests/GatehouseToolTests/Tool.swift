#if Server
import Foundation
import TestSupport
import Testing

/// The built tool, run as a user runs it.
enum Tool {
    typealias Result = Program

    static let executable = program("gatehouse")

    /// A program of this package: it lies beside the test program.
    static func program(_ name: String) -> URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
    }

    /// Runs a program with these arguments and all of this on its standard input.
    static func run(_ arguments: [String], input: [UInt8] = [], of executable: URL = executable) async throws -> Result
    {
        try await Program.run([executable.path] + arguments, input: input)
    }

    static func run(_ arguments: String..., input: String = "") async throws -> Result {
        try await run(arguments, input: Array(input.utf8))
    }
}
#endif
