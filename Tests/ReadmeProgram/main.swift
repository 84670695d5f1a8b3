#if Server
import GatehouseClerk
import GatehouseCurl
import GatehouseHummingbird
import Hummingbird

let policy = Policy {
    Role("org:member") { Grants("org:invoices:read") }
    Role("org:admin") {
        Inherits("org:member")
        Grants("org:invoices:*")
    }
}

let clerk = try ClerkAuthenticator(
    publishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",  // issuer and keys follow: here https://clerk.example.com
    authorizedParties: ["https://app.example.com"],
    transport: CurlTransport()
)
let authorizer = try Authorizer(policy: policy)

let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
router.get("health", requires: .public) { _, _ in "up" }
router.get("me", requires: .authenticated) { _, context in try context.requirePrincipal().id }
router.group("orgs/:org/invoices", requires: .organization(inPath: "org"), .permission("org:invoices:read"))
    .get { _, _ in "Invoices" }
    .delete(":id", requires: .permission("org:invoices:void")) { _, _ in "Voided" }
try router.validate()

try await Application(router: router, services: [clerk, authorizer]).runService()
#endif
