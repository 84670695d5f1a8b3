#if Server
import Foundation
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
        let folder = try Folder()
        let inputFile = try folder.file("input", input)
        let outputFile = try folder.file("output", [])
        let errorFile = try folder.file("errors", [])
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try String(contentsOf: outputFile, encoding: .utf8),
            errors: try String(contentsOf: errorFile, encoding: .utf8)
        )
    }

    static func run(_ arguments: String..., input: String = "") throws -> Result {
        try run(arguments, input: Array(input.utf8))
    }
}

/// A temporary folder that goes with its last user.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ name: String, _ content: [UInt8]) throws -> URL {
        let file = url.appending(path: name)
        try Data(content).write(to: file)
        return file
    }

    func path(_ name: String, _ content: String) throws -> String {
        try file(name, Array(content.utf8)).path
    }
}
#endif
