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
    private let program: RunningProgram
    private let folder: TemporaryFolder
    let facts: JSONValue
    private let options: [String]

    init() throws {
        folder = try TemporaryFolder()
        program = try RunningProgram([Tool.executable.path, "fake-clerk"])
        let line = try #require(program.output.next())
        facts = JSONValue(try JSONDocument(parsing: Array(line.utf8)).root)
        let key = try folder.write((facts["secretKey"]?.string ?? "") + "\n", to: "key")
        options = ["--secret-key-file", key, "--api-url", facts["apiURL"]?.string ?? ""]
    }

    /// Which instance it is, as options.
    var instance: [String] { options }

    /// Runs `gatehouse clerk` with these arguments.
    func run(_ arguments: String..., input: String = "") async throws -> Tool.Result {
        try await Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
    }

    /// Runs it, and reads the one object that it prints.
    func object(_ arguments: String..., input: String = "") async throws -> JSONValue {
        let result = try await Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
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
        program.send(SIGTERM)
        return program.waitUntilExit()
    }
}

#endif
