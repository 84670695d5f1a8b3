#if Hummingbird && Curl
import Gatehouse
import GatehouseClerk
import GatehouseHummingbird
package import GatehouseRecords
import GatehouseTesting
import GatehouseTokens
import Hummingbird
import ServiceLifecycle

/// A token issuer with its own key, and an API that trusts the issuer. Both are real servers on loopback.
package struct Demo: Sendable {
    static let issuer = "https://clerk.gatehouse.example"
    static let authorizedParty = "https://app.gatehouse.example"
    static let organization = "org_acme"

    /// The lifetime of the longest token.
    package static let tokenLifetime: Duration = .seconds(3_600)

    /// The policy, written in Swift.
    static let policy = Policy {
        CataloguedPermission("org:invoices:read", "Read invoices")
        CataloguedPermission("org:invoices:void", "Void invoices")
        Role("org:member") { Grants("org:invoices:read") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:*")
        }
    }

    private let keyPair: KeyPair
    private let webhookSecret: WebhookSecret
    private let issuerServer: DemoServer
    private let apiServer: DemoServer
    let client = DemoClient()
    let services: [any Service]

    /// Makes a demo.
    ///
    /// - Parameters:
    ///   - store: The store of the API's webhooks and directory.
    ///   - audit: The API's audit log.
    ///   - marks: The marks of revoked tokens.
    /// - Throws: An error of libcrypto if no key can be made.
    package init(
        _ store: some RecordStore,
        audit: AuditLog,
        marks: RevocationMarks
    ) throws {
        let webhookSecret = try WebhookSecret.random()
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            issuer: Self.issuer,
            marks: marks,
            observers: [audit]
        )
        let webhooks = try ClerkWebhooks(store, secrets: [webhookSecret.text], authorizer: authorizer, audit: audit)
        let keyPair = try KeyPair(id: "ins_demo")
        let issuerServer = DemoServer {
            DemoServer.Program(responder: DemoIssuer.router(keyPair).buildResponder())
        }
        let apiServer = DemoServer { [client] in
            try DemoAPI.program(
                jwks: try await issuerServer.address() + DemoIssuer.jwksPath,
                transport: client.transport,
                authorizer: authorizer,
                webhooks: webhooks
            )
        }
        self.keyPair = keyPair
        self.webhookSecret = webhookSecret
        self.issuerServer = issuerServer
        self.apiServer = apiServer
        services = [audit.service, webhooks.service, issuerServer, apiServer]
    }

    /// Returns the requests, after both servers listen.
    func cases() async throws -> [DemoCase] {
        try DemoTokens(keyPair: keyPair, webhookSecret: webhookSecret).cases(address: try await apiServer.address())
    }
}
#endif
