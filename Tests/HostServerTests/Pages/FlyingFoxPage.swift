#if NIO && Hummingbird && FlyingFox && GRPC
import FlyingFox
import Foundation
import GatehouseClerk
import GatehouseFlyingFox

func serveOnFlyingFox(_ clerk: ClerkAuthenticator, _ authorizer: Authorizer) async throws {
    let rules = RouteRules(
        try RouteRule("/health", requires: .public),
        try RouteRule("/invoices/**", methods: [.get], requires: .permission("org:invoices:read"))
    )
    var routes = RoutedHTTPHandler()
    routes.appendRoute("GET /health") { _ in FlyingFox.HTTPResponse(statusCode: .ok) }
    routes.appendRoute("GET /invoices") { _ in
        let user = AuthorizationRequest.current?.principal?.id ?? ""
        return FlyingFox.HTTPResponse(statusCode: .ok, body: Data("Hello, \(user)\n".utf8))
    }
    let routeGuard = RouteGuard(rules, by: clerk, authorizer, host: .flyingFox)
    try await HTTPServer(port: 8080, handler: GuardedHandler(routes, routeGuard)).run()
}
#endif
