import Gatehouse
import GatehouseClerk
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("A test's issuer makes tokens that an authenticator takes")
struct TestIssuerTests {
    private static let issuer = Result { try TestIssuer(authorizedParty: "https://app.example.com") }

    @Test("a member's token names the user, the organization and the role", arguments: ["admin", "org:admin"])
    func member(role: String) throws {
        let issuer = try Self.issuer.get()
        let now = WallClock.system.now()
        let token = try issuer.token(for: .member("user_7", of: "org_9", role: role), at: now)
        let verified = try TokenVerifier(keys: try issuer.keys, configuration: .init(issuer: issuer.name))
            .verify(token, with: try issuer.keys, at: now)
        #expect(verified.subject == "user_7")
        let organization = try #require(verified.claims["o"])
        #expect(organization["id"] == "org_9")
        #expect(organization["rol"] == "admin")
        #expect(verified.claims["azp"] == "https://app.example.com")
    }
}
