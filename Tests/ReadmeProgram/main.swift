#if Server
import GatehouseAsyncHTTPClient
import GatehouseClerk
import GatehouseHummingbird
import Hummingbird

let policy = Policy {
    Role("org:member") { Grants("org:invoices:read") }
    Role("org:admin") {
        Inherits("org:member")
        Grants("org:invoices:*")
    }
}

let keys = try RemoteKeySet(
    configuration: .init(url: "https://clerk.example.com/.well-known/jwks.json"),
    transport: AsyncHTTPClientTransport()
)
let clerk = ClerkAuthenticator(
    keys: keys,
    configuration: .init(issuer: "https://clerk.example.com", authorizedParties: ["https://app.example.com"])
)
let authorizer = Authorizer(engine: try PolicyEngine(policy))

let router = Router(context: BasicPrincipalRequestContext.self)
router.add(middleware: GatehouseMiddleware(AuthenticationMiddleware(clerk)))
router.group("invoices")
    .add(middleware: GatehouseMiddleware(requiring: .permission("org:invoices:read"), by: authorizer))
    .get { _, context in "Invoices for \(context.principal?.id ?? "nobody")" }

try await Application(router: router).runService()
#endif
