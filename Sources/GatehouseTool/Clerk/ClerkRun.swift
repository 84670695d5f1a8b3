#if Server
import Foundation
import GatehouseBase
import GatehouseClerk
import GatehouseCurl

/// The execution of a subcommand, which ends with the contract's exit code.
enum ClerkRun {
    static func carryOut(
        _ subcommand: ClerkSubcommand,
        _ given: ClerkArguments,
        _ options: ClerkOptions
    ) async throws {
        do {
            let clerk = try options.client(CurlTransport())
            switch subcommand.action {
            case .operation(let operation): try await carryOut(operation, given, clerk)
            case .task(let task): try await carryOut(task, given, clerk)
            }
        } catch let error as ClerkError {
            standardError(error.description)
            throw isRefusal(error) ? ExitStatus.no : ExitStatus.failed
        }
    }

    /// Returns true if Clerk refused the request; false if the request did not reach Clerk.
    private static func isRefusal(_ error: ClerkError) -> Bool {
        error.status.map { (400..<500).contains($0) && $0 != 429 } ?? false
    }

    private static func carryOut(_ operation: ClerkOperation, _ given: ClerkArguments, _ clerk: ClerkClient)
        async throws
    {
        var request = ClerkRequest(operation.id, path: given.positionals, query: given.query)
        switch operation.body {
        case .list?: request.body = given.elements
        case .form?:
            let path = given.body["file"]?.string ?? ""
            let bytes = try InputFile.bytes(at: path, maximumBytes: 16 << 20)
            let name = path.split(separator: "/").last.map(String.init) ?? "file"
            request.file = ClerkFile(name: name, mediaType: mediaType(of: name), bytes: bytes)
            request.body = .object(given.body.members.filter { $0.name != "file" })
        case .object?: request.body = given.body
        case nil: break
        }
        for warning in try ClerkConnections.warnings(about: request) { standardError("warning: \(warning)") }
        if operation.isPaged, !given.has("limit"), !given.has("offset") {
            for try await element in clerk.elements(request) { try standardOutput(element.json.description) }
            return
        }
        let answer = try await clerk.send(request)
        if let elements = ClerkClient.elements(of: answer) {
            for element in elements { try standardOutput(element.description) }
        } else if answer != .null {
            try standardOutput(answer.description)
        }
        if answer["verified"] == false { throw ExitStatus.no }
    }

    private static func mediaType(of name: String) -> String {
        switch name.split(separator: ".").last?.lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        default: "application/octet-stream"
        }
    }
}
#endif
