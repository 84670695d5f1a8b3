import Gatehouse
import GatehouseTesting
import GatehouseTokens
import Testing

@Test func aTokenForATest() async throws {
    let issuer = try TestIssuer()
    let token = try issuer.token(for: .member("user_alice", of: "org_1", role: "org:admin"))

    let verifier = TokenVerifier(keys: try issuer.keys)
    #expect(try await verifier.verify(token).subject == "user_alice")
}

@Test func aPrincipalForATest() async throws {
    let policy = Policy { Role("org:admin") { Grants("org:invoices:*") } }
    let authorizer = try Authorizer(policy: policy)
    let alice = Principal("user_alice", organization: "org_1", roles: ["org:admin"])
    #expect(try await authorizer.isAllowed("org:invoices:void", for: alice))
}
