#if Server
import Gatehouse
import GatehouseClerk
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Invoices

@Test func aMemberReadsInvoicesAndVoidsNone() async throws {
    let issuer = try TestIssuer()
    let clerk = try ClerkAuthenticator(
        keys: issuer.keys,
        configuration: .init(issuer: issuer.name, authorizedParties: [])
    )
    let router = try makeRouter(by: clerk, Authorizer(policy: policy))
    let alice = ClerkClaims.member("user_alice", of: "org_1", role: "org:member")
    let token = try issuer.token(for: alice, lifetime: .seconds(600))  // a minute by default, as Clerk's

    try await Application(router: router).test(.router) { client in
        let nobody = try await client.execute(uri: "/orgs/org_1/invoices", method: .get)
        #expect(nobody.status == .unauthorized)

        let member: HTTPFields = [.authorization: "Bearer \(token)"]
        let reading = try await client.execute(uri: "/orgs/org_1/invoices", method: .get, headers: member)
        #expect(reading.status == .ok)
        let voiding = try await client.execute(uri: "/orgs/org_1/invoices/7", method: .delete, headers: member)
        #expect(voiding.status == .forbidden)
    }
}
#endif
