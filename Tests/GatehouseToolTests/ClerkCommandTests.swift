#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `gatehouse fake-clerk` as a program of its own, and `gatehouse clerk` against it.
final class FakeClerkProcess {
    private let process = Process()
    private let folder: TemporaryFolder
    let facts: JSONValue
    private let options: [String]

    init() throws {
        folder = try TemporaryFolder()
        let output = Pipe()
        process.executableURL = Tool.executable
        process.arguments = ["fake-clerk"]
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        facts = JSONValue(try JSONDocument(parsing: line).root)
        let key = try folder.write((facts["secretKey"]?.string ?? "") + "\n", to: "key")
        options = ["--secret-key-file", key, "--api-url", facts["apiURL"]?.string ?? ""]
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Which instance it is, as options.
    var instance: [String] { options }

    /// Runs `gatehouse clerk` with these arguments.
    func run(_ arguments: String..., input: String = "") throws -> Tool.Result {
        try Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
    }

    /// Runs it, and reads the one object that it prints.
    func object(_ arguments: String..., input: String = "") throws -> JSONValue {
        let result = try Tool.run(["clerk"] + arguments + options, input: Array(input.utf8))
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return JSONValue(try JSONDocument(parsing: Array(try #require(result.lines.first).utf8)).root)
    }

    /// Posts to the fake itself.
    func control(_ path: String, _ body: String) async throws -> JSONValue {
        var request = URLRequest(url: try #require(URL(string: (facts["apiURL"]?.string ?? "") + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (data, _) = try await URLSession.shared.data(for: request)
        return JSONValue(try JSONDocument(parsing: Array(data)).root)
    }

    /// Ends it as an operator does, and gives how it ended.
    func end() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

@Suite("gatehouse clerk, against gatehouse fake-clerk")
struct ClerkCommandTests {
    @Test("a tenant lives from its creation to single sign-on and a demanded second factor")
    func life() throws {
        let fake = try FakeClerkProcess()
        let tenant = try fake.object(
            "organizations",
            "create-tenant",
            "--name",
            "Acme",
            "--slug",
            "acme",
            "--plan",
            "pro",
            "--maximum-members",
            "3"
        )
        let organization = try #require(tenant["id"]?.string)
        #expect(tenant["public_metadata"]?["plan"] == "pro")
        let user = try #require(
            try fake.object("users", "create", "--email-address", "ada@example.com", "--first-name", "Ada")["id"]?
                .string
        )
        let membership = try fake.object("memberships", "assign", organization, user, "--role", "org:admin")
        #expect(membership["role"] == "org:admin")
        #expect(try fake.object("memberships", "get", organization, user)["id"] == membership["id"])
        let invited = try fake.object(
            "invitations",
            "create",
            organization,
            "--email-address",
            "bob@example.com",
            "--role",
            "org:member"
        )
        #expect(invited["status"] == "pending")
        #expect(try fake.run("invitations", "list", organization, "--status", "pending").lines.count == 1)
        let connection = try fake.object(
            "connections",
            "create",
            "--name",
            "Acme",
            "--provider",
            "saml_okta",
            "--domains",
            "acme.example",
            "--organization-id",
            organization,
            "--saml",
            #"{"idp_metadata_url":"https://idp.acme.example/metadata"}"#
        )
        let id = try #require(connection["id"]?.string)
        #expect(try fake.object("connections", "update", id, "--active", "true")["active"] == true)
        #expect(
            try fake.object("organizations", "require-mfa", organization)["public_metadata"]?["mfa_required"] == true
        )
        let enrolled = try fake.object("totp", "enroll", user, "--issuer", "Acme")
        #expect(enrolled["uri"]?.string?.hasPrefix("otpauth://totp/Acme:ada%40example.com?secret=") == true)
        let codes = try fake.object("backup-codes", "create", user)["backup_codes"]?.elements ?? []
        #expect(codes.count == 10)
        let code = try #require(codes.first?.string)
        #expect(try fake.run("totp", "verify", user, input: code + "\n").status == 0)
        #expect(try fake.run("totp", "verify", user, input: code + "\n").status == 1)
        let claims = try fake.object("users", "set-claims", user, "--claims", #"{"tier":"gold"}"#)
        #expect(claims["public_metadata"] == ["tier": "gold"])
        #expect(
            try fake.object("memberships", "remove", organization, user, "--role", "org:admin")["id"]
                == membership["id"]
        )
        #expect(try fake.run("memberships", "get", organization, user).status == 1)
        #expect(try fake.object("organizations", "delete", organization)["deleted"] == true)
    }

    @Test("lists print an object a line, all pages of them")
    func lists() throws {
        let fake = try FakeClerkProcess()
        for number in 0..<3 { _ = try fake.object("organizations", "create", "--name", "Tenant \(number)") }
        #expect(try fake.run("organizations", "list").lines.count == 3)
        #expect(try fake.run("organizations", "list", "--limit", "2").lines.count == 2)
        #expect(try fake.run("permissions", "list").lines.count == 9)
        let keys = try fake.object("jwks", "get")
        #expect(keys["keys"]?.elements.count == 1)
    }

    @Test("what Clerk refuses exits with 1, with its code and the trace id on standard error")
    func refusals() throws {
        let fake = try FakeClerkProcess()
        let missing = try fake.run("users", "get", "user_nobody")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("resource_not_found"))
        #expect(missing.errors.contains("[trace "))
        #expect(missing.output.isEmpty)
    }

    @Test(
        "what cannot be carried out exits with 2 and says why",
        arguments: [
            (["users"], "Name a verb"), (["uesrs", "get"], "is no resource"), (["users", "gte", "x"], "is no verb"),
            (["users", "get"], "USER_ID"), (["users", "get", "a", "b"], "USER_ID"), (["users", "get", ""], "user_id"),
            (["organizations", "create"], "--name is required"), (["users", "create", "--nmae", "x"], "--nmae"),
            (["users", "list", "--limit", "ten"], "no number"), (["users", "list", "--limit", "501"], "at most 500"),
            (["users", "create", "--password", "hunter22"], "--password-file"),
            (["organizations", "create", "--name", "a", "--name", "b"], "more than once"),
            (["organizations", "create", "--name", "a", "--public-metadata", "{"], "JSON"),
            (["users", "get", "user_1", "--secret-key-file", "/nowhere"], "no such file"),
        ]
    )
    func usage(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        let key = try folder.write("sk_test_x", to: "key")
        let options = arguments.contains("--secret-key-file") ? [] : ["--secret-key-file", key]
        let result = try Tool.run(["clerk"] + arguments + options + ["--api-url", "http://127.0.0.1:9"])
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    /// A self-signed certificate by the system's openssl, as one line of JSON text.
    private static func certificate(days: Int, bits: Int = 2_048) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:\(bits)", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=idp",
            "-days", String(days),
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl is missing")
        return String(decoding: data, as: UTF8.self).replacing("\n", with: "\\n")
    }

    @Test(
        "a connection's certificate is read before anything is sent: one that is weak, or none, is refused, and one that ends soon is told"
    )
    func certificates() throws {
        let fake = try FakeClerkProcess()
        func create(_ certificate: String, domain: String = "acme.example") throws -> Tool.Result {
            try fake.run(
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
            (try Self.certificate(days: 400, bits: 1_024), "2048 are the least"),
            ("-----BEGIN PRIVATE KEY-----", "must not be sent"), ("none", "cannot be read"),
        ] {
            let refused = try create(certificate)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("saml.idp_certificate") && refused.errors.contains(message))
        }
        #expect(try fake.run("connections", "list").lines.isEmpty)
        let soon = try create(try Self.certificate(days: 10))
        #expect(soon.status == 0)
        #expect(soon.errors.contains("warning: the identity provider's certificate ends at"))
        let good = try create(try Self.certificate(days: 400), domain: "acme.test")
        #expect(good.status == 0)
        #expect(good.errors.isEmpty)
        let id =
            JSONValue(try JSONDocument(parsing: Array(try #require(good.lines.first).utf8)).root)["id"]?.string ?? ""
        let changed = try fake.run("connections", "update", id, "--saml", #"{"idp_certificate":"none"}"#)
        #expect(changed.status == 2)
    }

    @Test("conditions on claims that a customer's identity provider writes are told by lint, plan and apply")
    func claimNotes() throws {
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
        let before = try fake.run("policy", "lint", file)
        #expect(before.status == 0 && before.lines.isEmpty, "\(before.errors)")
        _ = try fake.object(
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
        let linted = try fake.run("policy", "lint", file)
        #expect(linted.status == 0)
        #expect(linted.lines.count == 1)
        #expect(linted.output.contains("“gold” asks for $principal.attributes.metadata.tier"))
        #expect(try fake.run("policy", "plan", file).errors.contains("note: the rule “gold”"))
    }

    #if QRCode
    @Test("an enrolment draws its QR code into a new file that nobody else reads, and on the terminal")
    func qrCode() throws {
        let fake = try FakeClerkProcess()
        let folder = try TemporaryFolder()
        let user = try #require(try fake.object("users", "create", "--email-address", "ada@example.com")["id"]?.string)
        let file = folder.url.appending(path: "code.svg").path
        let enrolled = try fake.run("totp", "enroll", user, "--issuer", "Acme", "--svg", file, "--qr")
        #expect(enrolled.status == 0)
        #expect(enrolled.lines.count == 1)
        #expect(enrolled.errors.contains("▀") && !enrolled.errors.contains("otpauth"))
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("<svg"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // A file that is there stays, and so does the secret that the user has.
        let again = try fake.run("totp", "enroll", user, "--svg", file)
        #expect(again.status == 2)
        #expect(again.errors.contains("File exists"))
        let nobody = folder.url.appending(path: "nobody.svg").path
        #expect(try fake.run("totp", "enroll", "user_nobody", "--svg", nobody).status == 1)
        #expect(!FileManager.default.fileExists(atPath: nobody))
    }
    #endif

    @Test("each resource and each subcommand has its help")
    func help() throws {
        let overview = try Tool.run("clerk", "--help")
        #expect(overview.status == 0)
        for resource in ["organizations", "role-sets", "m2m-tokens", "jwks", "policy"] {
            #expect(overview.output.contains("  \(resource) "))
            #expect(try Tool.run("clerk", resource, "--help").output.contains("VERBS:"))
        }
        let create = try Tool.run("clerk", "organizations", "create", "--help").output
        #expect(create.contains("--max-allowed-memberships"))
        #expect(create.contains("(required)"))
    }

    @Test("the fake says what it is, gives tokens, breaks answers when told to, and stops on SIGTERM")
    func fake() async throws {
        let fake = try FakeClerkProcess()
        for name in ["apiURL", "secretKey", "publishableKey", "issuer", "jwksURL", "jwtKey", "webhookSecret"] {
            #expect(fake.facts[name]?.string?.isEmpty == false)
        }
        let user = try #require(try fake.object("users", "create", "--email-address", "ada@example.com")["id"]?.string)
        let token = try await fake.control("/__fake/tokens", #"{"user_id":"\#(user)"}"#)["jwt"]?.string ?? ""
        let folder = try TemporaryFolder()
        let pem = try folder.write(fake.facts["jwtKey"]?.string ?? "", to: "key.pem")
        let verified = try Tool.run(
            "token",
            "verify",
            "--pem",
            pem,
            "--issuer",
            fake.facts["issuer"]?.string ?? "",
            "--clock-skew",
            "3600",  // a token lives a minute, and a busy machine may be slower
            input: token
        )
        #expect(verified.status == 0)
        let options = ["--pem", pem, "--clock-skew", "3600", "--authorized-party", "https://app.example.com"]
        let refused = try Tool.run(["token", "verify"] + options, input: Array(token.utf8))
        #expect(refused.output.contains("token-invalid-authorized-parties"), "\(refused.output)")
        let party = #"{"user_id":"\#(user)","authorized_party":"https://app.example.com"}"#
        let ofParty = try await fake.control("/__fake/tokens", party)["jwt"]?.string ?? ""
        #expect(try Tool.run(["token", "verify"] + options, input: Array(ofParty.utf8)).status == 0)
        let wrong = try await fake.control("/__fake/tokens", #"{"user_id":"\#(user)","authorized_party":7}"#)
        #expect(wrong["message"] == "authorized_party is a string")
        _ = try await fake.control("/__fake/faults", #"{"status":423,"times":1}"#)
        #expect(try fake.run("users", "get", user).status == 1)
        #expect(try fake.run("users", "get", user).status == 0)
        #expect(fake.end() == 0)
    }
}

extension JSONValue {
    /// The elements of an array; none of another value.
    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
#endif
