#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import Hummingbird

/// A server that denies by default.
///
/// Without the line of the guard the program does not compile: there is no router. With Hummingbird's own in its place it does not
/// compile either, since that takes no `requires:`.
func makeDenyingServer(_ publishableKey: String, _ transport: any HTTPTransport, _ clock: WallClock) throws -> Server {
    let policy = Policy {
        Role("org:member") { Grants("org:invoices:read") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:*")
        }
    }
    let clerk = try ClerkAuthenticator(
        publishableKey: publishableKey,
        authorizedParties: ["https://app.example.com"],
        transport: transport,
        clock: clock
    )
    let authorizer = try Authorizer(policy: policy)

    let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
    router.get("health", requires: .public) { _, _ in "up" }
    router.get("me", requires: .authenticated) { _, context in try context.requirePrincipal().id }
    router.group("orgs/:org/invoices", requires: .organization(inPath: "org"), .permission("org:invoices:read"))
        .get { _, _ in "invoices" }
        .delete(":id", requires: .permission("org:invoices:void")) { _, _ in "voided" }

    return Application(router: router, services: [clerk, authorizer])
}

/// The program without its routes' requirements: every route is closed, the public one too.
func makeForgetfulServer(_ clerk: ClerkAuthenticator) throws -> Server {
    let policy = Policy { Role("org:admin") { Grants("**") } }
    let authorizer = try Authorizer(policy: policy)

    let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer, logger: .silent)
    router.get("health") { _, _ in "up" }
    router.get("me") { _, context in try context.requirePrincipal().id }
    router.group("orgs/:org/invoices")
        .get { _, _ in "invoices" }
        .delete(":id") { _, _ in "voided" }

    return Application(router: router)
}
#endif
