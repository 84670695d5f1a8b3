#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

extension ClerkCommandTests {
    /// A self-signed certificate by the system's openssl, as one line of JSON text.
    private static func certificate(days: Int, bits: Int = 2_048) async throws -> String {
        let openssl = try await Program.run([
            "openssl", "req", "-x509", "-newkey", "rsa:\(bits)", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=idp",
            "-days", String(days),
        ])
        try #require(openssl.status == 0, "openssl: \(openssl.errors)")
        return openssl.output.replacing("\n", with: "\\n")
    }

    @Test(
        "a certificate is read before anything is sent: a bad certificate is refused, and an early end is told"
    )
    func certificates() async throws {
        let fake = try FakeClerkProcess()
        func create(_ certificate: String, domain: String = "acme.example") async throws -> Tool.Result {
            try await fake.run(
                "connections",
                "create",
                "--name",
                "Acme",
                "--provider",
                "saml_okta",
                "--domains",
                domain,
                "--saml",
                #"{"idp_entity_id":"idp","idp_sso_url":"https://idp.example/sso","idp_certificate":"\#(certificate)"}"#
            )
        }
        for (certificate, message) in [
            (try await Self.certificate(days: 400, bits: 1_024), "2048 are the least"),
            ("-----BEGIN PRIVATE KEY-----", "must not be sent"), ("none", "cannot be read"),
        ] {
            let refused = try await create(certificate)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("saml.idp_certificate") && refused.errors.contains(message))
        }
        #expect(try await fake.run("connections", "list").lines.isEmpty)
        let soon = try await create(try await Self.certificate(days: 10))
        #expect(soon.status == 0)
        #expect(soon.errors.contains("warning: the identity provider's certificate ends at"))
        let good = try await create(try await Self.certificate(days: 400), domain: "acme.test")
        #expect(good.status == 0)
        #expect(good.errors.isEmpty)
        let id =
            JSONValue(try JSONDocument(parsing: Array(try #require(good.lines.first).utf8)).root)["id"]?.string ?? ""
        let changed = try await fake.run("connections", "update", id, "--saml", #"{"idp_certificate":"none"}"#)
        #expect(changed.status == 2)
    }

    @Test("conditions on claims that a customer's identity provider writes are told by lint, plan and apply")
    func claimNotes() async throws {
        let fake = try FakeClerkProcess()
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            gatehouse: 1
            permissions: { org:invoices:read: Read, org:invoices:void: Void }
            roles:
              org:member: { grants: ["org:invoices:read"] }
            rules:
              - id: gold
                effect: allow
                roles: [org:member]
                permissions: ["org:invoices:void"]
                when: { equals: [$principal.attributes.metadata.tier, gold] }
            """,
            to: "policy.yaml"
        )
        let before = try await fake.run("policy", "lint", file)
        #expect(before.status == 0 && before.lines.isEmpty, "\(before.errors)")
        _ = try await fake.object(
            "connections",
            "create",
            "--name",
            "Acme",
            "--provider",
            "oidc_custom",
            "--domains",
            "acme.example",
            "--custom-attributes",
            #"[{"name":"Tier","key":"tier","sso_path":"tier"}]"#,
            "--oidc",
            #"{"client_id":"c","client_secret":"s","discovery_url":"https://idp.acme.example/.well-known/openid-configuration"}"#
        )
        let linted = try await fake.run("policy", "lint", file)
        #expect(linted.status == 0)
        #expect(linted.lines.count == 1)
        #expect(linted.output.contains("“gold” asks for $principal.attributes.metadata.tier"))
        #expect(try await fake.run("policy", "plan", file).errors.contains("note: the rule “gold”"))
    }
}
#endif
