#if Server
import Foundation
import TestSupport
import Testing

/// The built tool, run as a user runs it.
enum Tool {
    struct Result {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    static let executable = program("gatehouse")

    /// A program of this package: it lies beside the test program.
    static func program(_ name: String) -> URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
    }

    /// Runs a program with these arguments and all of this on its standard input.
    static func run(_ arguments: [String], input: [UInt8] = [], of executable: URL = executable) throws -> Result {
        let folder = try TemporaryFolder()
        let inputFile = try folder.write(input, to: "input")
        let outputFile = try folder.write("", to: "output")
        let errorFile = try folder.write("", to: "errors")
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: inputFile))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputFile))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errorFile))
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try String(contentsOfFile: outputFile, encoding: .utf8),
            errors: try String(contentsOfFile: errorFile, encoding: .utf8)
        )
    }

    static func run(_ arguments: String..., input: String = "") throws -> Result {
        try run(arguments, input: Array(input.utf8))
    }
}
#endif
