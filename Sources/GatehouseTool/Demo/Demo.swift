#if Server
import Gatehouse
import GatehouseHummingbird
import GatehouseTesting
import GatehouseTokens
import Hummingbird
import ServiceLifecycle

/// A token issuer with a key of its own, and an API that trusts it: both real servers on loopback.
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
    private let issuerServer: DemoServer
    private let apiServer: DemoServer
    let client: DemoClient

    init() throws {
        keyPair = try KeyPair(id: "ins_demo")
        client = DemoClient()
        issuerServer = DemoServer { [keyPair] in DemoIssuer.router(keyPair).buildResponder() }
        apiServer = DemoServer { [issuerServer, client] in
            try DemoAPI.router(
                jwks: try await issuerServer.address() + DemoIssuer.jwksPath,
                transport: client.transport
            ).buildResponder()
        }
    }

    var services: [any Service] { [issuerServer, apiServer] }

    /// The requests, once both servers listen.
    func cases() async throws -> [DemoCase] {
        try DemoTokens(keyPair: keyPair).cases(address: try await apiServer.address())
    }
}

#endif
