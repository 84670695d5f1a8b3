#if Server
import Gatehouse
import GatehouseClerk
import GatehouseHummingbird
import GatehouseSQLite
import GatehouseTokens
import Hummingbird

/// The API that is guarded: invoices of organizations.
enum DemoAPI {
    static func router(
        jwks: String,
        transport: any HTTPTransport,
        authorizer: Authorizer,
        webhooks: ClerkWebhooks<SQLiteRecords>
    ) throws -> GuardedRouter<BasicPrincipalRequestContext> {
        let clerk = ClerkAuthenticator(
            keys: try RemoteKeySet(configuration: RemoteKeySet.Configuration(url: jwks), transport: transport),
            configuration: ClerkAuthenticator.Configuration(
                issuer: Demo.issuer,
                authorizedParties: [Demo.authorizedParty]
            ),
            marks: authorizer.marks
        )

        let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
        router.get("health", requires: .public) { _, _ in "up\n" }
        router.post("webhooks/clerk", requires: .public) { request, _ in await webhooks.response(to: request) }
        router.group(
            "orgs/:organization/invoices",
            requires: .organization(inPath: "organization"),
            .permission("org:invoices:read")
        )
        .get { _, _ in "invoice 7\n" }
        .delete(":id", requires: .permission("org:invoices:void")) { _, context in
            "voided invoice \(try context.parameters.require("id"))\n"
        }
        try router.validate()
        return router
    }
}
#endif
