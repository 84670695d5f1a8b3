#if Server
import Gatehouse
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTokens
import Hummingbird

/// The API that is guarded: invoices of organizations.
enum DemoAPI {
    static func router(
        jwks: String,
        transport: any HTTPTransport
    ) throws -> GuardedRouter<BasicPrincipalRequestContext> {
        let clerk = ClerkAuthenticator(
            keys: try RemoteKeySet(configuration: RemoteKeySet.Configuration(url: jwks), transport: transport),
            configuration: ClerkAuthenticator.Configuration(
                issuer: Demo.issuer,
                authorizedParties: [Demo.authorizedParty]
            )
        )
        let authorizer = Authorizer(engine: try PolicyEngine(Demo.policy))

        let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
        router.get("health", requires: .public) { _, _ in "up\n" }
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
