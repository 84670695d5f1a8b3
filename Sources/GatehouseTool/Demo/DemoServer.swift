#if Server
import GatehouseHummingbird
import Hummingbird
import Logging
import ServiceLifecycle

/// A server on a free port of loopback, which tells its address once it listens.
struct DemoServer: Service {
    /// Says nothing: the demo prints its own lines.
    static let logger = Logger(label: "gatehouse.demo") { _ in SwiftLogNoOpLogHandler() }

    private let makeResponder: @Sendable () async throws -> RouterResponder<BasicPrincipalRequestContext>
    /// One port, or none where the server ended before it listened.
    private let ports: AsyncStream<Int>
    private let listening: AsyncStream<Int>.Continuation

    init(_ makeResponder: @escaping @Sendable () async throws -> RouterResponder<BasicPrincipalRequestContext>) {
        self.makeResponder = makeResponder
        (ports, listening) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func run() async throws {
        defer { listening.finish() }
        let application = Application(
            responder: try await makeResponder(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { [listening] channel in
                if let port = channel.localAddress?.port { listening.yield(port) }
            },
            logger: Self.logger
        )
        try await application.run()
    }

    /// Where it listens, once it does. To be asked for once.
    func address() async throws -> String {
        for await port in ports { return "http://127.0.0.1:\(port)" }
        throw CommandFailure("the demo's server did not start")
    }
}
#endif
