#if TestServers && AsyncHTTPClient
import Foundation
import GatehouseBase
import GatehouseTestingServers
import TestSupport
import Testing

@testable import GatehouseClerk

@Suite("Connections to customers' identity providers")
struct ConnectionTests {
    /// A certificate by the system's openssl, valid for so many days.
    static func certificate(days: Int, key: String = "rsa:2048") async throws -> String {
        let openssl = try await Program.run([
            "openssl", "req", "-x509", "-newkey", key, "-nodes", "-keyout", "/dev/null", "-subj", "/CN=idp", "-days",
            String(days),
        ])
        try #require(openssl.status == 0, "openssl: \(openssl.errors)")
        return openssl.output
    }

    @Test("a SAML connection is made of its parts, with a warning if its certificate ends soon")
    func saml() async throws {
        let long = try ProviderCertificate(pem: try await Self.certificate(days: 400))
        let short = try ProviderCertificate(pem: try await Self.certificate(days: 10))
        #expect(long.keyBits == 2_048)
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            func create(_ domain: String, _ certificate: ProviderCertificate) async throws -> ClerkConnectionSetup {
                try await clerk.connections.createSAML(
                    name: "Acme",
                    kind: "saml_okta",
                    domains: [domain],
                    organization: tenant,
                    provider: .parts(entityID: "idp", signInURL: "https://idp.example/sso", certificate: certificate),
                    attributeMapping: ["user_id": "uid"]
                )
            }
            let setup = try await create("acme.example", long)
            #expect(setup.warnings.isEmpty)
            #expect(setup.connection.isActive == false)
            #expect(setup.connection.acsURL != nil)
            #expect(try await create("acme.test", short).warnings.count == 1)
            #expect(try await clerk.connections.setActive(true, setup.connection.id).isActive == true)
            #expect(try await clerk.connections.list(organizationID: tenant).all().count == 2)
            let run = try await clerk.connections.createTestRun(of: setup.connection.id)
            #expect(run["url"]?.string != nil)
            #expect(try await clerk.connections.testRuns(of: setup.connection.id).all().map(\.status) == ["pending"])
            let link = try await clerk.connections.createPortalLink(organization: tenant)
            #expect(try await clerk.connections.revokePortalLink(link.id).isRevoked == true)
            #expect(try await clerk.connections.delete(setup.connection.id).isDeleted == true)
        }
    }

    @Test("a bad certificate is refused before anything is sent")
    func badCertificates() async throws {
        let good = try await Self.certificate(days: 400)
        let bad = [
            "", "not a certificate", good + good, good.replacing("CERTIFICATE", with: "PRIVATE KEY"),
            String(good.dropLast(200)), try await Self.certificate(days: 400, key: "rsa:1024"),
        ]
        for pem in bad { #expect(throws: ClerkError.self) { try ProviderCertificate(pem: pem) } }
        let certificate = try ProviderCertificate(pem: good)
        #expect(throws: ClerkError.self) { try certificate.check(at: certificate.validUntil) }
        #expect(throws: ClerkError.self) { try certificate.check(at: certificate.validFrom.advanced(by: .seconds(-1))) }
        let bare = good.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        #expect(try ProviderCertificate(pem: bare).validUntil == certificate.validUntil)
    }

    @Test("malformed addresses and domains are refused before anything is sent")
    func badAddresses() async throws {
        try await withFake { fake, clerk in
            let error = await failure { () async throws(ClerkError) in
                try await clerk.connections.createOIDC(
                    name: "Acme",
                    domains: ["acme", "acme.example"],
                    organization: nil,
                    clientID: "c",
                    clientSecret: "",
                    discoveryURL: "http://idp.example"
                )
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.details.compactMap(\.parameter) == ["oidc.discovery_url", "oidc.client_secret", "domains"])
            #expect(fake.requests.isEmpty)
        }
    }
}
#endif
