#if Server
import GRDB
import GatehouseClerk
import GatehouseCurl
import GatehouseHummingbird
import GatehouseSQLite
import Hummingbird

let issuer = "https://clerk.example.com"
let records = try await SQLiteRecords(path: "gatehouse.db")
let authorizer = Authorizer(
    engine: try PolicyEngine(Policy { Role("org:member") { Grants("org:invoices:read") } }),
    issuer: issuer,
    marks: records.marks,
    observers: [records.audit]
)
let keys = try RemoteKeySet(
    configuration: .init(url: "\(issuer)/.well-known/jwks.json"),
    transport: CurlTransport()
)
let clerk = try ClerkAuthenticator(keys: keys, configuration: .init(issuer: issuer), marks: records.marks)

let webhooks = try ClerkWebhooks(records, secrets: ["whsec_…"], authorizer: authorizer, audit: records.audit)
webhooks.on(.userUpdated) { event, database in
    try database.execute(
        sql: "UPDATE users SET email = ? WHERE id = ?",
        arguments: [event.data.primaryEmail, event.data.id]
    )
}

let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
router.post("webhooks/clerk", requires: .public) { request, _ in await webhooks.response(to: request) }
router.get("invoices", requires: .permission("org:invoices:read")) { _, _ in "Invoices" }
try router.validate()

let application = Application(router: router, services: [clerk, authorizer, records.audit.service, webhooks.service])
try await application.runService()
#endif
