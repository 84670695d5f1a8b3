#if Server
import Gatehouse
import GatehouseAsyncHTTPClient
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTokens
import Hummingbird

/// The API that is guarded: invoices of organizations.
enum DemoAPI {
    static func router(
        jwks: String,
        transport: AsyncHTTPClientTransport
    ) throws -> Router<BasicPrincipalRequestContext> {
        let clerk = ClerkAuthenticator(
            keys: try RemoteKeySet(configuration: RemoteKeySet.Configuration(url: jwks), transport: transport),
            configuration: ClerkAuthenticator.Configuration(
                issuer: Demo.issuer,
                authorizedParties: [Demo.authorizedParty]
            )
        )
        let authorizer = Authorizer(engine: try PolicyEngine(Demo.policy))

        let router = Router(context: BasicPrincipalRequestContext.self)
        router.get("health") { _, _ in "up\n" }
        let invoices = router.group("orgs/:organization/invoices")
            .add(middleware: GatehouseMiddleware(AuthenticationMiddleware(clerk)))
            .add(middleware: GatehouseMiddleware(requiring: .organizationInPath, by: authorizer))
        invoices.group()
            .add(middleware: GatehouseMiddleware(requiring: .permission("org:invoices:read"), by: authorizer))
            .get { _, _ in "invoice 7\n" }
        invoices.group(":id")
            .add(middleware: GatehouseMiddleware(requiring: .permission("org:invoices:void"), by: authorizer))
            .delete { _, context in "voided invoice \(try context.parameters.require("id"))\n" }
        return router
    }
}

extension Requirement {
    /// The principal speaks for the organization that the path names.
    fileprivate static let organizationInPath = Requirement.custom("organization in path") { context in
        guard let principal = context.principal else { return .unauthenticated }
        guard let organization = principal.organization, let named = context.parameters["organization"],
            named.utf8.elementsEqual(organization.id.utf8)
        else { return .refused("\(principal) does not speak for the organization in the path") }
        return .allowed
    }
}
#endif
