#if Server
import GatehouseClerk
import GatehouseCurl
import GatehouseHummingbird
import Hummingbird

let clerk = try ClerkAuthenticator(
    publishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",  // issuer and keys follow: here https://clerk.example.com
    authorizedParties: ["https://app.example.com"],
    transport: CurlTransport()
)
let authorizer = try Authorizer(policy: policy)
let router = try makeRouter(by: clerk, authorizer)

try await Application(router: router, services: [clerk, authorizer]).runService()
#endif
