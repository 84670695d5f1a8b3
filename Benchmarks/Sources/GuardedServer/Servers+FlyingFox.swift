import FlyingFox
import FlyingSocks
import Foundation
import GatehouseFlyingFox

extension Servers {
    /// Starts a server on FlyingFox.
    func startFlyingFox(isGuarded: Bool) async throws -> Int {
        var routes = RoutedHTTPHandler()
        routes.appendRoute("GET /invoices") { _ in HTTPResponse(statusCode: .ok, body: Data("invoices".utf8)) }
        let handler: any HTTPHandler =
            isGuarded ? GuardedHandler(routes, try rules("/invoices", host: .flyingFox)) : routes
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled, handler: handler)
        Task { try await server.run() }
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let port)? = await server.listeningAddress else { throw Failure("a server has no port") }
        return Int(port)
    }
}
