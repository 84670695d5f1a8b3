#if Server
import GatehouseHummingbird
import Hummingbird

func makeRouter(
    by clerk: some Authenticator,
    _ authorizer: Authorizer
) throws -> GuardedRouter<BasicPrincipalRequestContext> {
    let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
    router.get("health", requires: .public) { _, _ in "up" }
    router.get("me", requires: .authenticated) { _, context in try context.requirePrincipal().id }
    router.group("orgs/:org/invoices", requires: .organization(inPath: "org"), .permission("org:invoices:read"))
        .get { _, _ in "Invoices" }
        .delete(":id", requires: .permission("org:invoices:void")) { _, _ in "Voided" }
    try router.validate()
    return router
}
#endif
