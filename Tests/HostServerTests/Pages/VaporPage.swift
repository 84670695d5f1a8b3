#if NIO && Hummingbird && FlyingFox && GRPC && Vapor
import GatehouseClerk
import GatehouseVapor
import Vapor

func serveOnVapor(_ clerk: ClerkAuthenticator, _ authorizer: Authorizer) async throws {
    let rules = RouteRules(
        try RouteRule("/health", requires: .public),
        try RouteRule("/invoices/**", methods: [.get], requires: .permission("org:invoices:read"))
    )
    let application = try await Application.make()
    let routeGuard = RouteGuard(rules, by: clerk, authorizer, host: .vapor)
    application.middleware.use(GuardMiddleware(routeGuard), at: .beginning)
    application.get("health") { _ in "up" }
    application.get("invoices") { request in "Hello, \(try request.requirePrincipal().id)" }
    try await application.execute()
    try await application.asyncShutdown()
}
#endif
