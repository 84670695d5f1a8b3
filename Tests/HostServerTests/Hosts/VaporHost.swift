#if NIO && Hummingbird && FlyingFox && GRPC && Vapor
import GatehouseVapor
import Logging
import NIOHTTP1
import Vapor

/// A server on Vapor, whose routes answer each request with who asks.
enum VaporHost {
    static func run(_ api: GuardedAPI, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let requestGuard = try api.routeGuard(host: .vapor)
        try await run(GuardMiddleware(requestGuard), api.logger, body) { routes in
            for path in [[], [.catchall]] as [[PathComponent]] {
                for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                    routes.on(HTTPMethod(rawValue: method), path) { request in
                        api.handle(request.url.path, by: request.principal?.id)
                    }
                }
            }
        }
    }

    static func run(
        _ middleware: any Middleware,
        _ logger: Logger = .silent,
        _ body: @escaping @Sendable (Int) async throws -> Void,
        adding routes: (any RoutesBuilder) -> Void
    ) async throws {
        let application = try await Application.make(Environment(name: "testing", arguments: ["vapor"]))
        do {
            application.logger = logger
            application.http.server.configuration.hostname = "127.0.0.1"
            application.http.server.configuration.port = 0
            application.middleware.use(middleware, at: .beginning)
            routes(application)
            try await application.startup()
            try await body(application.http.server.shared.localAddress?.port ?? 0)
        } catch {
            try? await application.asyncShutdown()
            throw error
        }
        try await application.asyncShutdown()
    }
}
#endif
