#if Server
import Foundation
import GatehouseBase
import GatehouseCurl
import GatehouseTokens
import HTTPTypes
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import GatehouseServer

/// A sidecar that serves on a free port while a test runs.
struct RunningSidecar: Sendable {
    let sidecar: Sidecar
    let port: Int
    let client = HTTPClient()

    var address: String { "http://127.0.0.1:\(port)" }

    /// Runs a sidecar, calls `body`, and stops it.
    static func with<Result: Sendable>(
        _ configuration: ServerConfiguration,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        transport: any HTTPTransport = CurlTransport(),
        clock: WallClock = .system,
        _ body: @escaping @Sendable (RunningSidecar) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.listen = ListenAddress(host: "127.0.0.1", port: 0)
        let sidecar = try await Sidecar(configuration, logger: logger, transport: transport, clock: clock)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: sidecar)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        return try await withThrowingTaskGroup(of: Result?.self) { tasks in
            tasks.addTask {
                try await group.run()
                return nil
            }
            let port = try #require(await sidecar.port())
            tasks.addTask {
                do {
                    let result = try await body(RunningSidecar(sidecar: sidecar, port: port))
                    await group.triggerGracefulShutdown()
                    return result
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
            }
            var result: Result?
            for try await value in tasks where value != nil { result = value }
            return try #require(result)
        }
    }

    /// Reads a configuration from a folder's file, as `gatehouse serve` does.
    static func with<Result: Sendable>(
        file: String,
        environment: [String: String] = [:],
        _ body: @escaping @Sendable (RunningSidecar) async throws -> Result
    ) async throws -> Result {
        try await with(try ServerConfiguration(file: file, environment: environment), body)
    }

    /// Runs a sidecar by the file `gatehouse.yaml` among these files.
    static func with<Result: Sendable>(
        files: [String: String],
        _ body: @escaping @Sendable (RunningSidecar) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for (name, text) in files { try folder.write(text, to: name) }
        return try await with(file: folder.file("gatehouse.yaml"), body)
    }
}

/// A client that shows what came back, whatever it is.
struct HTTPClient: Sendable {
    struct Reply: Sendable {
        let status: Int
        let fields: HTTPFields
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue? { (try? JSONDocument(parsing: body)).map { JSONValue($0.root) } }
        func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { fields[$0] } }
    }

    private let transport = CurlTransport()

    func send(
        _ method: String = "GET",
        _ url: String,
        _ fields: [(String, String)] = [],
        body: [UInt8] = []
    ) async throws -> Reply {
        var headerFields: HTTPFields = [:]
        for (name, value) in fields {
            headerFields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        let response = try await transport.send(
            HTTPTransportRequest(
                method: try #require(HTTPRequest.Method(method)),
                url: url,
                headerFields: headerFields,
                body: body,
                deadline: .seconds(20),
                maximumResponseByteCount: 8 << 20
            )
        )
        return Reply(status: response.status.code, fields: response.headerFields, body: response.body)
    }

    func post(_ url: String, _ value: JSONValue, _ fields: [(String, String)] = []) async throws -> Reply {
        try await send("POST", url, [("Content-Type", "application/json")] + fields, body: value.utf8)
    }
}
#endif
