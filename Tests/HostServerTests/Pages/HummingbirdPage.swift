#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseClerk
import GatehouseHummingbird
import Hummingbird

func serveOnHummingbird(_ clerk: ClerkAuthenticator, _ authorizer: Authorizer) async throws {
    let rules = RouteRules(
        try RouteRule("/health", requires: .public),
        try RouteRule(
            "/orgs/{org}/invoices/**",
            requires: .organization(inPath: "org"),
            .permission("org:invoices:read")
        )
    )
    let router = Router(context: BasicPrincipalRequestContext.self)
    router.get("health") { _, _ in "up" }
    router.get("orgs/:org/invoices") { _, context in "Hello, \(try context.requirePrincipal().id)" }

    let unguarded = rules.unguarded(of: router)
    precondition(unguarded.isEmpty, "no rule is about \(unguarded)")
    let guarded = router.guarded(by: RouteGuard(rules, by: clerk, authorizer, host: .hummingbird))
    try await Application(router: guarded, services: [clerk, authorizer]).runService()
}
#endif
