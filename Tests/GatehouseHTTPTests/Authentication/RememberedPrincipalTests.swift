import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A principal is read from a remembered token once, unless it is far larger than most")
struct RememberedPrincipalTests {
    /// As a session token of Clerk's version 2 gives it: five features, and so many permissions of the role.
    private func principal(permissions count: Int) -> Principal {
        Principal(
            "user_2GIpXOEpVyJw51rkZn9Kmnc6Sxr",
            issuer: "https://clerk.example.com",
            organization: Principal.Organization("org_2abcdefghijklmnopqrstuvwxyz", slug: "acme"),
            roles: ["org:admin"],
            permissions: (0..<count).map { "org:invoices:permission\($0)" },
            features: ["o:invoices", "o:reports", "o:members", "o:settings", "o:webhooks"],
            plans: ["o:pro"],
            session: Principal.Session(id: "sess_2GbDB4enNdCa5vS1zpC3Xzg9tK9", status: "active"),
            attributes: ["jti": "0123456789abcdef0123"]
        )
    }

    @Test("five requests with a token read a small principal once", arguments: zip([0, 15, 20, 100], [1, 1, 1, 5]))
    func reads(permissions: Int, expected: Int) async throws {
        let pair = try Fixture.pair.get()
        let verifier = TokenVerifier(keys: try pair.keySet, clock: Fixture.clock.wall)
        let claims = TokenMinter.claims(subject: "user_1", at: Fixture.now)
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        _ = try await verifier.verify(token)  // what is remembered is given from the second time on
        let authenticator = AuthenticatorIdentity()
        var reads = 0
        for _ in 0..<5 {
            let verified = try await verifier.verify(token)
            let found = try verified.principal(readBy: authenticator) {
                reads += 1
                return principal(permissions: permissions)
            }
            #expect(found.permissions.count == permissions)
        }
        #expect(reads == expected)
    }
}
