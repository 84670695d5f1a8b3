#if Hummingbird && Curl
import GatehouseHummingbird
import Hummingbird
import Logging
import ServiceLifecycle

/// A server on a free port of loopback, which tells its address once it listens.
struct DemoServer: Service {
    /// The parts of a server.
    struct Program: Sendable {
        let responder: RouterResponder<BasicPrincipalRequestContext>
        var services: [any Service] = []
        var logger = DemoServer.silent
    }

    /// The server ended before it listened.
    struct NotStarted: Error, CustomStringConvertible {
        let description = "the demo's server did not start"
    }

    /// A logger that writes nothing: the demo prints its own lines.
    static let silent = Logger(label: "gatehouse.demo") { _ in SwiftLogNoOpLogHandler() }

    private let makeProgram: @Sendable () async throws -> Program
    /// The port of the server; the stream ends without one if the server ended before it listened.
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

    /// Returns the address of the server. The method waits until the server listens, and is called once.
    func address() async throws -> String {
        for await port in ports { return "http://127.0.0.1:\(port)" }
        throw NotStarted()
    }
}
#endif
