#if Server
import Foundation
import Gatehouse
import GatehouseHTTP
import GatehouseRecords
import GatehouseTesting
import TestSupport
import Testing

@testable import GatehouseServer

struct ConfigurationTests {
    private static let policy = """
        gatehouse: 1
        permissions:
          invoice:read: Read invoices
        roles:
          org:admin: { grants: [invoice:read] }

        """

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(policy, to: "policy.yaml")
        try folder.write("gatehouse: 1\nassignments:\n  - { principal: a, role: none }\n", to: "unsound.yaml")
        try folder.write("subjects:\n  - { type: user }\n", to: "unsound-entities.yaml")
        try folder.write("", to: "empty")
        return folder
    }

    @Test(
        "A broken configuration is refused with each problem, its place and its key",
        arguments: BrokenConfiguration.all
    )
    func broken(_ broken: BrokenConfiguration) throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        try folder.write(broken.file, to: "gatehouse.yaml")
        do throws(ConfigurationError) {
            _ = try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: broken.environment)
            Issue.record("it was accepted")
        } catch {
            let lines = error.problems.map { $0.description.replacing("\(folder.path)/", with: "") }
            for (place, message) in broken.expected {
                #expect(
                    lines.contains { $0.hasPrefix(place) && (message.isEmpty || $0.contains(message)) },
                    "\(place) … \(message) is not in:\n\(lines.joined(separator: "\n"))"
                )
            }
            for problem in error.problems {
                // Each has its key and its line, but where a whole key is missing, or a variable or the document is meant.
                let isLocated = problem.position != nil || problem.source?.hasSuffix(".yaml") == false
                #expect(isLocated || problem.message.contains("is missing"), "\(problem)")
                #expect(!problem.key.isEmpty || problem.position != nil || problem.source != nil, "\(problem)")
            }
            for line in lines { #expect(!line.contains("\n") && !line.contains("LPZIo2LaLaSw")) }
        }
    }

    @Test("There are at least sixty broken configurations")
    func count() {
        #expect(BrokenConfiguration.all.count >= 60)
        #expect(Set(BrokenConfiguration.all.map(\.name)).count == BrokenConfiguration.all.count)
    }

    @Test("Every key of the contract is read")
    func whole() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        try folder.write("the-key\n", to: "pep-key")
        try folder.write("other\r\n", to: "other-key")
        try folder.write("subjects: []\nresources: []\n", to: "entities.yaml")
        try folder.write(
            """
            listen: "[::1]:9090"
            publicURL: https://pdp.example.com/tenant
            trustedProxies: [10.0.0.0/8, "::1/128"]
            policy: policy.yaml
            entities: entities.yaml
            clerk:
              jwks: https://clerk.example.com/.well-known/jwks.json
              issuer: https://clerk.example.com
              authorizedParties: [https://app.example.com]
              webhookSecrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]
              maximumTokenLifetime: 2h
            permissionsFrom: both
            scopes: { invoices.read: [invoice:read] }
            routes:
              - { path: /public/**, public: true }
              - { path: /api/invoices/**, methods: [GET, HEAD], require: { permission: invoice:read } }
              - path: "/orgs/{org}/admin/**"
                require:
                  allOf:
                    - { role: org:admin }
                    - { organization: "{org}" }
                    - { factor: { level: second_factor, within: 10m } }
              - { path: "/invoices/{id}", require: { permission: invoice:read, on: { type: invoice, id: "{id}" } } }
              - { path: /a, require: { anyOf: [ { plan: pro }, { feature: o:reports }, { not: { kind: m2m } }, { organization: any } ] } }
              - { path: /b, require: { factor: strict_mfa } }
              - { path: /c, require: { kind: [session, oauth] } }
              - { path: /d, require: { factor: { level: second_factor_strict } } }
            store: sqlite:gatehouse.db
            audit:
              allows: 0.25
              whenFull: refuse
              durable: true
              retention: 400d
              compliance: { url: https://siem.example.com/in, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, types: [user.created] }
            apiKeys: [file:pep-key, file:other-key, plain]

            """,
            to: "gatehouse.yaml"
        )
        let configuration = try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: [:])
        #expect(configuration.listen == ListenAddress(host: "::1", port: 9090))
        #expect(configuration.publicURL == "https://pdp.example.com/tenant")
        #expect(configuration.trustedProxies.map(\.description) == ["10.0.0.0/8", "::1/128"])
        #expect(configuration.policy == folder.file("policy.yaml"))
        #expect(configuration.entities == folder.file("entities.yaml"))
        #expect(configuration.clerk?.issuer == "https://clerk.example.com")
        #expect(configuration.clerk?.authorizedParties == ["https://app.example.com"])
        #expect(configuration.clerk?.webhookSecrets.count == 1)
        #expect(configuration.clerk?.maximumTokenLifetime == .seconds(7_200))
        #expect(configuration.permissionsFrom == .both)
        #expect(configuration.scopes == ["invoices.read": ["invoice:read"]])
        #expect(configuration.routes.rules.count == 8)
        #expect(configuration.routes.rules[1].description == "GET|HEAD /api/invoices/**")
        #expect(configuration.store == .sqlite(folder.file("gatehouse.db")))
        #expect(configuration.audit.allows == 0.25)
        #expect(configuration.audit.whenFull == .refuse)
        #expect(configuration.audit.durable)
        #expect(configuration.audit.retention == .seconds(400 * 86_400))
        #expect(configuration.audit.complianceTypes == ["user.created"])
        #expect(configuration.compliance?.url == "https://siem.example.com/in")
        #expect(configuration.apiKeys == ["the-key", "other", "plain"])
    }

    @Test("A variable goes before the file, and Gatehouse's own before Clerk's")
    func variables() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        try folder.write("policy: none.yaml\nlisten: 127.0.0.1:1\napiKeys: [a]\n", to: "gatehouse.yaml")
        let key = "pk_test_" + Data("clerk.other.example.com$".utf8).base64EncodedString()
        let configuration = try ServerConfiguration(
            file: folder.file("gatehouse.yaml"),
            environment: [
                "GATEHOUSE_POLICY": "policy.yaml", "GATEHOUSE_LISTEN": "0.0.0.0:2", "GATEHOUSE_API_KEYS": "b, c",
                "GATEHOUSE_TRUSTED_PROXIES": "10.0.0.0/8,::1", "CLERK_PUBLISHABLE_KEY": key,
                "GATEHOUSE_CLERK_ISSUER": "https://clerk.example.com", "CLERK_SECRET_KEY": "sk_test_clerk",
                "GATEHOUSE_CLERK_SECRET_KEY": "sk_test_ours", "GATEHOUSE_CLERK_MAXIMUM_TOKEN_LIFETIME": "5m",
                "CLERK_WEBHOOK_SIGNING_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "GATEHOUSE_SERVICE_HOST": "10.0.0.1", "GATEHOUSE_PORT": "tcp://10.0.0.1:80", "GATEHOUSE_VECTORS": "x",
            ]
        )
        #expect(configuration.policy == folder.file("policy.yaml"))
        #expect(configuration.listen.description == "0.0.0.0:2")
        #expect(configuration.apiKeys == ["b", "c"])
        #expect(configuration.trustedProxies.map(\.description) == ["10.0.0.0/8", "::1/128"])
        #expect(configuration.clerk?.issuer == "https://clerk.example.com")
        #expect(configuration.clerk?.secretKey == "sk_test_ours")
        #expect(configuration.clerk?.webhookSecrets.count == 1)
        #expect(configuration.clerk?.maximumTokenLifetime == .seconds(300))
    }

    #if PostgreSQL
    @Test("The policy may be that of the shared store, and a file of that name is given by its path")
    func publishedPolicy() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        let store = "store: postgresql:///gatehouse\n"
        try folder.write(Self.policy, to: "store")
        try folder.write(
            "policy: store\n" + store + "routes: [{ path: /a, require: { role: org:none } }]\n",
            to: "a.yaml"
        )
        let published = try ServerConfiguration(file: folder.file("a.yaml"), environment: [:])
        #expect(published.isPolicyPublished && published.policy == nil)
        // Which routes it closes shows once it was read.
        #expect(published.warnings.isEmpty)
        #expect(published.documents?.engine.policy.roles.isEmpty == true)
        for path in ["./store", "file:store"] {
            try folder.write("policy: \(path)\n" + store, to: "b.yaml")
            let file = try ServerConfiguration(file: folder.file("b.yaml"), environment: [:])
            #expect(!file.isPolicyPublished && file.policy != nil, "\(path)")
        }
    }

    @Test("The address of a database may stand in a file of its own, and in a variable")
    func database() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        let address = "postgresql://gatehouse:hush@db.internal/gatehouse?sslmode=verify-full"
        try folder.write(address + "\n", to: "store-url")
        try folder.write("policy: policy.yaml\nstore: file:store-url\nnode: api-1\n", to: "gatehouse.yaml")
        let configuration = try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: [:])
        #expect(configuration.store == .postgreSQL(address))
        #expect(configuration.node == "api-1")
        let other = try ServerConfiguration(
            file: folder.file("gatehouse.yaml"),
            environment: ["GATEHOUSE_STORE": "postgresql:///gatehouse", "GATEHOUSE_NODE": "api-2"]
        )
        #expect(other.store == .postgreSQL("postgresql:///gatehouse"))
        #expect(other.node == "api-2")
    }
    #endif

    @Test(
        "A password in the address of a database is seen, however it is written",
        arguments: [
            ("postgresql://host/db", false), ("postgresql://user@host:5432/db", false),
            ("postgres://user@a:1,b:2/db?sslmode=require", false), ("postgresql:///db?host=/run/postgresql", false),
            ("postgresql://user:secret@host/db", true), ("postgresql://user:@host/db", true),
            ("postgresql://user:a/b@host/db", true), ("postgresql://user:a@b@host/db", true),
            ("postgresql://host/db?password=secret", true), ("postgresql://host/db?a=b&p%61ssword=secret", true),
            ("postgresql://host/db?sslpassword=secret", true), ("postgresql://host/db?passfile=/etc/pgpass", false),
        ]
    )
    func password(address: String, hasPassword: Bool) throws {
        #expect(try #require(DatabaseAddress(address)).hasPassword == hasPassword)
    }

    @Test(
        "A text that is no address of a database is refused",
        arguments: ["", "postgresql:", "host=h dbname=d", "mysql://h/d", "postgresql://h/d\n", "postgresql://h/?%zz=a"]
    )
    func noDatabase(text: String) {
        #expect(DatabaseAddress(text) == nil)
    }

    @Test("The names of the variables are those of the contract")
    func names() {
        let names = Dictionary(uniqueKeysWithValues: SettingKey.allCases.map { ($0.rawValue, $0.variable) })
        #expect(names["publicURL"] == "GATEHOUSE_PUBLIC_URL")
        #expect(names["clerk.webhookSecrets"] == "GATEHOUSE_CLERK_WEBHOOK_SECRETS")
        #expect(names["permissionsFrom"] == "GATEHOUSE_PERMISSIONS_FROM")
        #expect(names["apiKeys"] == "GATEHOUSE_API_KEYS")
        #expect(names["clerk.jwks"] == "GATEHOUSE_CLERK_JWKS")
        #expect(names["clerk.apiURL"] == "GATEHOUSE_CLERK_API_URL")
        #expect(names["clerk.maximumTokenLifetime"] == "GATEHOUSE_CLERK_MAXIMUM_TOKEN_LIFETIME")
        #expect(names["audit.whenFull"] == "GATEHOUSE_AUDIT_WHEN_FULL")
        #expect(names["audit.compliance.url"] == "GATEHOUSE_AUDIT_COMPLIANCE_URL")
    }

    @Test("A route that is closed to everybody is a warning with its place")
    func closedRoutes() throws {
        let folder = try Self.folder()
        defer { folder.remove() }
        try folder.write(
            """
            policy: policy.yaml
            routes:
              - { path: /a, require: { permission: invoice:raed } }
              - { path: /b, require: { role: org:boss } }
              - { path: /c, require: { permission: invoice:read } }

            """,
            to: "gatehouse.yaml"
        )
        let warnings = try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: [:]).warnings
        #expect(warnings.count == 2)
        #expect(warnings.first?.description.contains("gatehouse.yaml:3:5: routes: * /a is closed to everybody") == true)
        #expect(warnings.first?.message.contains("[unknown-permission]") == true)
        #expect(warnings.last?.message.contains("[unknown-role]") == true)
    }

    @Test("No policy is needed with permissions from tokens alone")
    func tokenAlone() throws {
        let configuration = try ServerConfiguration(file: nil, environment: ["GATEHOUSE_PERMISSIONS_FROM": "token"])
        #expect(configuration.policy == nil)
        #expect(configuration.listen.description == "127.0.0.1:8080")
        #expect(configuration.trustedProxies.map(\.description) == ["127.0.0.1/32", "::1/128"])
    }

    @Test(
        "An address is in a range if its first bits are",
        arguments: [
            ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.5/8", "10.9.9.9", true),
            ("127.0.0.1/32", "127.0.0.2", false), ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1/32", "::ffff:127.0.0.1", true), ("::ffff:10.0.0.0/104", "10.2.3.4", true),
            ("::1/128", "::1", true), ("::1/128", "127.0.0.1", false), ("fe80::/10", "febf::1", true),
            ("fe80::/10", "fec0::1", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
            ("192.168.0.0/23", "192.168.1.255", true), ("192.168.0.0/23", "192.168.2.0", false),
        ]
    )
    func ranges(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "A text that is no range is refused",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", "010.0.0.0/8", "fe80::%eth0",
            "localhost", "10.0.0.0/8 ",
        ]
    )
    func noRange(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
#endif
