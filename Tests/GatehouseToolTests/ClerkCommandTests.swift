#if Server
import GatehouseBase
import TestSupport
import Testing

@Suite("gatehouse clerk, against gatehouse fake-clerk")
struct ClerkCommandTests {
    @Test("a tenant lives from its creation to single sign-on and a demanded second factor")
    func life() async throws {
        let fake = try FakeClerkProcess()
        let tenant = try await fake.object(
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
            try await fake.object("users", "create", "--email-address", "ada@example.com", "--first-name", "Ada")["id"]?
                .string
        )
        let membership = try await fake.object("memberships", "assign", organization, user, "--role", "org:admin")
        #expect(membership["role"] == "org:admin")
        #expect(try await fake.object("memberships", "get", organization, user)["id"] == membership["id"])
        let invited = try await fake.object(
            "invitations",
            "create",
            organization,
            "--email-address",
            "bob@example.com",
            "--role",
            "org:member"
        )
        #expect(invited["status"] == "pending")
        #expect(try await fake.run("invitations", "list", organization, "--status", "pending").lines.count == 1)
        let connection = try await fake.object(
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
        #expect(try await fake.object("connections", "update", id, "--active", "true")["active"] == true)
        #expect(
            try await fake.object("organizations", "require-mfa", organization)["public_metadata"]?["mfa_required"]
                == true
        )
        let enrolled = try await fake.object("totp", "enroll", user, "--issuer", "Acme")
        #expect(enrolled["uri"]?.string?.hasPrefix("otpauth://totp/Acme:ada%40example.com?secret=") == true)
        let codes = try await fake.object("backup-codes", "create", user)["backup_codes"]?.elements ?? []
        #expect(codes.count == 10)
        let code = try #require(codes.first?.string)
        #expect(try await fake.run("totp", "verify", user, input: code + "\n").status == 0)
        #expect(try await fake.run("totp", "verify", user, input: code + "\n").status == 1)
        let claims = try await fake.object("users", "set-claims", user, "--claims", #"{"tier":"gold"}"#)
        #expect(claims["public_metadata"] == ["tier": "gold"])
        #expect(
            try await fake.object("memberships", "remove", organization, user, "--role", "org:admin")["id"]
                == membership["id"]
        )
        #expect(try await fake.run("memberships", "get", organization, user).status == 1)
        #expect(try await fake.object("organizations", "delete", organization)["deleted"] == true)
    }

    @Test("lists print an object a line, all pages of them")
    func lists() async throws {
        let fake = try FakeClerkProcess()
        for number in 0..<3 { _ = try await fake.object("organizations", "create", "--name", "Tenant \(number)") }
        #expect(try await fake.run("organizations", "list").lines.count == 3)
        #expect(try await fake.run("organizations", "list", "--limit", "2").lines.count == 2)
        #expect(try await fake.run("permissions", "list").lines.count == 9)
        let keys = try await fake.object("jwks", "get")
        #expect(keys["keys"]?.elements.count == 1)
    }

    @Test("an error of Clerk exits with 1, with its code and the trace id on standard error")
    func refusals() async throws {
        let fake = try FakeClerkProcess()
        let missing = try await fake.run("users", "get", "user_nobody")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("resource_not_found"))
        #expect(missing.errors.contains("[trace "))
        #expect(missing.output.isEmpty)
    }

    @Test(
        "a command that cannot be carried out exits with 2 and says why",
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
    func usage(arguments: [String], message: String) async throws {
        let folder = try TemporaryFolder()
        let key = try folder.write("sk_test_x", to: "key")
        let options = arguments.contains("--secret-key-file") ? [] : ["--secret-key-file", key]
        let result = try await Tool.run(["clerk"] + arguments + options + ["--api-url", "http://127.0.0.1:9"])
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test("each resource and each subcommand has its help")
    func help() async throws {
        let overview = try await Tool.run("clerk", "--help")
        #expect(overview.status == 0)
        for resource in ["organizations", "role-sets", "m2m-tokens", "jwks", "policy"] {
            #expect(overview.output.contains("  \(resource) "))
            #expect(try await Tool.run("clerk", resource, "--help").output.contains("VERBS:"))
        }
        let create = try await Tool.run("clerk", "organizations", "create", "--help").output
        #expect(create.contains("--max-allowed-memberships"))
        #expect(create.contains("(required)"))
    }
}

extension JSONValue {
    /// The elements of an array; none of another value.
    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
#endif
