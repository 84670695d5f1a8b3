#if Hummingbird && Curl
import Gatehouse
import GatehouseClerk
import GatehouseHummingbird
import GatehouseRecords
import GatehouseTokens
import Hummingbird
import Logging

/// The guarded API: invoices of organizations.
enum DemoAPI {
    /// The log of the API on standard error, with refusals and their reasons, and with changes of the keys.
    static let logger = Logger(label: "gatehouse.demo") { StreamLogHandler.standardError(label: $0) }

    static func program(
        jwks: String,
        transport: any HTTPTransport,
        authorizer: Authorizer,
        webhooks: ClerkWebhooks<some RecordStore>
    ) throws -> DemoServer.Program {
        let clerk = try ClerkAuthenticator(
            keys: try RemoteKeySet(
                configuration: RemoteKeySet.Configuration(url: jwks),
                transport: transport,
                observer: KeySetLog(logger)
            ),
            configuration: ClerkAuthenticator.Configuration(
                issuer: Demo.issuer,
                authorizedParties: [Demo.authorizedParty]
            ),
            marks: authorizer.marks
        )

        let router = GuardedRouter(
            context: BasicPrincipalRequestContext.self,
            by: clerk,
            authorizer,
            logger: logger
        )
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
        router.get(
            "orgs/:organization/secrets",
            requires: .organization(inPath: "organization"),
            .role("org:admin"),
            .factor(.strict)
        ) { _, _ in "the secret\n" }
        try router.validate()
        return DemoServer.Program(
            responder: router.buildResponder(),
            services: [clerk, AuthorizerService(authorizer, logger: logger)],
            logger: logger
        )
    }
}
#endif
