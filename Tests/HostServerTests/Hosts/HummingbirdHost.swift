#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHummingbird
import Hummingbird
import Logging
import NIOCore

/// A server on Hummingbird, whose last middleware answers each request with who asks.
enum HummingbirdHost {
    static func run(_ api: GuardedAPI, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.add(middleware: NamingMiddleware(api: api))
        try await run(router.guarded(by: try api.routeGuard(host: .hummingbird)), api.logger, body)
    }

    static func run<Routes: HTTPResponderBuilder>(
        _ router: Routes,
        _ logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws where Routes.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                for await port in ports { return try await body(port) }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}

private struct NamingMiddleware: RouterMiddleware {
    let api: GuardedAPI

    func handle(
        _ request: Request,
        context: BasicPrincipalRequestContext,
        next: (Request, BasicPrincipalRequestContext) async throws -> Response
    ) async throws -> Response {
        _ = try await request.body.collect(upTo: 1_000_000)
        let answer = api.handle(request.uri.path, by: context.principal?.id)
        return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: answer)))
    }
}
#endif
