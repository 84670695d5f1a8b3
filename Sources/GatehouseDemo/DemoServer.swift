#if Hummingbird && Curl
import GatehouseHummingbird
import Hummingbird
import Logging
import ServiceLifecycle

/// A server on a free port of loopback. Its address is known after the server listens.
struct DemoServer: Service {
    /// A server's name and work.
    struct Program: Sendable {
        let responder: RouterResponder<BasicPrincipalRequestContext>
        var services: [any Service] = []
        var logger = DemoServer.silent
    }

    /// An error about a server that ended before it listened.
    struct NotStarted: Error, CustomStringConvertible {
        let description = "the demo's server did not start"
    }

    /// A logger that writes nothing, since the demo prints its own lines.
    static let silent = Logger(label: "gatehouse.demo") { _ in SwiftLogNoOpLogHandler() }

    private let makeProgram: @Sendable () async throws -> Program
    /// The port of the server. The stream ends without a port if the server ended before it listened.
    private let ports: AsyncStream<Int>
    private let listening: AsyncStream<Int>.Continuation

    init(_ makeProgram: @escaping @Sendable () async throws -> Program) {
        self.makeProgram = makeProgram
        (ports, listening) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func run() async throws {
        defer { listening.finish() }
        let program = try await makeProgram()
        let application = Application(
            responder: program.responder,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            services: program.services,
            onServerRunning: { [listening] channel in
                if let port = channel.localAddress?.port { listening.yield(port) }
            },
            logger: program.logger
        )
        try await application.run()
    }

    /// Returns the address of the server, after the server listens. The method must be called only once.
    func address() async throws -> String {
        for await port in ports { return "http://127.0.0.1:\(port)" }
        throw NotStarted()
    }
}
#endif
