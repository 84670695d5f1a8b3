#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `gatehouse fake-clerk` as a program of its own, and `gatehouse clerk` against it.
final class FakeClerkProcess {
    private let process = Process()
    private let folder: TemporaryFolder
    let facts: JSONValue
    private let options: [String]

    init() throws {
        folder = try TemporaryFolder()
        let output = Pipe()
        process.executableURL = Tool.executable
        process.arguments = ["fake-clerk"]
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        facts = JSONValue(try JSONDocument(parsing: line).root)
        let key = try folder.write((facts["secretKey"]?.string ?? "") + "\n", to: "key")
        options = ["--secret-key-file", key, "--api-url", facts["apiURL"]?.string ?? ""]
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Which instance it is, as options.
    var instance: [String] { options }

    /// Runs `gatehouse clerk` with these arguments.
    func run(_ arguments: String..., input: String = "") throws -> Tool.Result {
        try Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
    }

    /// Runs it, and reads the one object that it prints.
    func object(_ arguments: String..., input: String = "") throws -> JSONValue {
        let result = try Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return JSONValue(try JSONDocument(parsing: Array(try #require(result.lines.first).utf8)).root)
    }

    /// Posts to the fake itself.
    func control(_ path: String, _ body: String) async throws -> JSONValue {
        var request = URLRequest(url: try #require(URL(string: (facts["apiURL"]?.string ?? "") + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (data, _) = try await URLSession.shared.data(for: request)
        return JSONValue(try JSONDocument(parsing: Array(data)).root)
    }

    /// Ends it as an operator does, and gives how it ended.
    func end() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

#endif
