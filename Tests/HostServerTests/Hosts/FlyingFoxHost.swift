#if NIO && Hummingbird && FlyingFox && GRPC
import FlyingFox
import FlyingSocks
import Foundation
import GatehouseFlyingFox

/// A server on FlyingFox, whose handler answers each request with who asks.
enum FlyingFoxHost {
    static func run(_ api: GuardedAPI, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let naming = ClosureHTTPHandler { request in
            _ = try await request.bodyData
            let answer = AuthorizationRequest.current.map(api.handle) ?? "no guard"
            return FlyingFox.HTTPResponse(statusCode: .ok, body: Data(answer.utf8))
        }
        try await run(GuardedHandler(naming, try api.routeGuard(host: .flyingFox), logger: api.logger), body)
    }

    static func run(
        _ handler: some HTTPHandler,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let server = HTTPServer(port: 0, logger: .disabled, handler: handler)
        let task = Task { try await server.run() }
        defer { task.cancel() }
        try await server.waitUntilListening(timeout: 60)
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): try await body(Int(port))
        default: throw SocketError.unsupportedAddress
        }
    }
}
#endif
