#if Server
import Foundation
import Gatehouse
import GatehouseClerk
import GatehouseHummingbird
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import GatehouseTokens
import Hummingbird
import ServiceLifecycle

/// A token issuer with a key of its own, and an API that trusts it: both real servers on loopback. The API keeps its records in SQLite.
struct Demo: Sendable {
    static let issuer = "https://clerk.gatehouse.example"
    static let authorizedParty = "https://app.gatehouse.example"
    static let organization = "org_acme"

    /// As a document would say it, written in Swift.
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
    private let records: SQLiteRecords
    private let webhooks: ClerkWebhooks<SQLiteRecords>
    private let webhookSecret: WebhookSecret
    private let issuerServer: DemoServer
    private let apiServer: DemoServer
    let client: DemoClient

    /// - Parameter path: The file of the records.
    init(records path: String) async throws {
        records = try await SQLiteRecords(path: path, maximumTokenLifetime: .seconds(3_600))
        webhookSecret = try WebhookSecret.random()
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            issuer: Self.issuer,
            marks: records.marks,
            observers: [records.audit]
        )
        webhooks = try ClerkWebhooks(
            records,
            secrets: [webhookSecret.text],
            authorizer: authorizer,
            audit: records.audit
        )
        keyPair = try KeyPair(id: "ins_demo")
        client = DemoClient()
        issuerServer = DemoServer { [keyPair] in
            DemoServer.Program(responder: DemoIssuer.router(keyPair).buildResponder())
        }
        apiServer = DemoServer { [issuerServer, client, webhooks] in
            try DemoAPI.program(
                jwks: try await issuerServer.address() + DemoIssuer.jwksPath,
                transport: client.transport,
                authorizer: authorizer,
                webhooks: webhooks
            )
        }
    }

    var services: [any Service] { [records.audit.service, webhooks.service, issuerServer, apiServer] }

    /// The requests, once both servers listen.
    func cases() async throws -> [DemoCase] {
        try DemoTokens(keyPair: keyPair, webhookSecret: webhookSecret).cases(address: try await apiServer.address())
    }
}

#endif
