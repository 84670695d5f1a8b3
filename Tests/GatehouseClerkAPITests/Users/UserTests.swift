#if TestServers && AsyncHTTPClient
import Gatehouse
import GatehouseBase
import GatehouseRecords
import GatehouseTestingServers
import GatehouseTokens
import Testing

@testable import GatehouseClerk

@Suite("Users, claims and factors, over HTTP with the fake Clerk")
struct UserTests {
    @Test("a user is made, found, counted, changed, banned, locked and deleted")
    func life() async throws {
        try await withFake { fake, clerk in
            let ada = try await clerk.users.create(
                emailAddresses: ["ada@example.com"],
                username: "ada",
                firstName: "Ada",
                password: "correct horse",
                externalID: "7"
            )
            #expect(ada.primaryEmailAddress == "ada@example.com")
            #expect(ada.hasPassword == true)
            #expect(ada.json["_password"] == nil)
            _ = try await clerk.users.create(emailAddresses: ["bob@example.com"])
            #expect(try await clerk.users.list(emailAddresses: ["ada@example.com"]).all().map(\.id) == [ada.id])
            #expect(try await clerk.users.count() == 2)
            #expect(try await clerk.users.count(query: "ada") == 1)
            #expect(try await clerk.users.verify(password: "correct horse", of: ada.id))
            #expect(try await !clerk.users.verify(password: "wrong horse", of: ada.id))
            #expect(try await clerk.users.update(ada.id, lastName: "L").lastName == "L")
            let cleared = try await clerk.users.update(ada.id, adding: ["last_name": nil])
            #expect(cleared.lastName == nil)
            let session = try await clerk.sessions.create(userID: ada.id)
            #expect(try await clerk.users.ban(ada.id).isBanned == true)
            #expect(try await clerk.sessions.get(session.id).status == "revoked")
            #expect(try await clerk.users.unban(ada.id).isBanned == false)
            #expect(try await clerk.users.lock(ada.id).isLocked == true)
            #expect(try await clerk.users.unlock(ada.id).isLocked == false)
            #expect(try await clerk.users.delete(ada.id).isDeleted == true)
            #expect(fake.deliveries.map(\.type).suffix(1) == ["user.deleted"])
            let taken = await failure { () async throws(ClerkError) in
                try await clerk.users.create(emailAddresses: ["bob@example.com"])
            }
            #expect(taken?.details.first?.parameter == "email_address")
        }
    }

    @Test("metadata of a user merges and is replaced, and is refused in an update")
    func metadata() async throws {
        try await withFake { _, clerk in
            let id = try await clerk.users.create(publicMetadata: ["a": ["b": 1]]).id
            let merged = try await clerk.users.mergeMetadata(
                id,
                publicMetadata: ["a": ["c": 2]],
                unsafeMetadata: ["u": 1]
            )
            #expect(merged.publicMetadata == ["a": ["b": 1, "c": 2]])
            #expect(merged.unsafeMetadata == ["u": 1])
            _ = try await clerk.users.storeExternalData(["id": 5, "old": true], named: "crm", of: id)
            let stored = try await clerk.users.storeExternalData(["id": 6], named: "crm", of: id)
            #expect(stored.privateMetadata == ["crm": ["id": 6]])
            let refused = await failure { () async throws(ClerkError) in
                try await clerk.users.update(id, adding: ["public_metadata": [:]])
            }
            #expect(refused?.details.first?.parameter == "public_metadata")
        }
    }

    @Test("custom claims fit into a session token or are refused, and keys of identity providers are warned of")
    func claims() async throws {
        try await withFake { _, clerk in
            let id = try await clerk.users.create(publicMetadata: ["kept": 1]).id
            let set = try await clerk.users.setCustomClaims(["tier": "gold", "none": nil], of: id)
            #expect(set.user.publicMetadata == ["kept": 1, "tier": "gold"])
            #expect(set.warnings.isEmpty)
            let large: JSONValue = ["text": .string(String(repeating: "x", count: 1_200))]
            let refused = await failure { () async throws(ClerkError) in
                try await clerk.users.setCustomClaims(large, of: id)
            }
            #expect(refused?.code == .invalidRequest)
            #expect(try await clerk.users.get(id).publicMetadata == ["kept": 1, "tier": "gold"])
            _ = try await clerk.connections.createOIDC(
                name: "Acme",
                domains: ["acme.example"],
                organization: nil,
                clientID: "c",
                clientSecret: "a secret",
                discoveryURL: "https://idp.acme.example/.well-known/openid-configuration",
                adding: ["custom_attributes": [["name": "Tier", "key": "tier", "sso_path": "tier"]]]
            )
            #expect(try await clerk.keysWrittenByIdentityProviders() == ["tier"])
            #expect(try await clerk.users.setCustomClaims(["tier": "silver"], of: id).warnings.count == 1)
        }
    }

    @Test("the whole profile comes in one value")
    func profile() async throws {
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            let id = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            _ = try await clerk.memberships.create(in: tenant, userID: id, role: "org:admin")
            let session = try await clerk.sessions.create(userID: id, organizationID: tenant)
            let other = try await clerk.createTenant(name: "Other", slug: "other").id
            let invitation = try await clerk.invitations.create(
                in: other,
                emailAddress: "ada@example.com",
                role: "org:member"
            )
            let profile = try await clerk.users.profile(of: id)
            #expect(profile.user.id == id)
            #expect(profile.memberships.compactMap { $0.organization?.id } == [tenant])
            #expect(profile.sessions.map(\.id) == [session.id])
            #expect(profile.invitations.map(\.id) == [invitation.id])
        }
    }

    @Test("an authenticator application is enrolled, verified by Clerk and here, and taken away")
    func totp() async throws {
        try await withFake { _, clerk in
            let id = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let none = await failure { () async throws(ClerkError) in
                try await clerk.factors.verify(code: "000000", of: id)
            }
            #expect(none?.status == 400)
            let enrolled = try await clerk.factors.enrollTOTP(id, issuer: "Acme & Co")
            #expect(
                enrolled.uri.hasPrefix(
                    "otpauth://totp/Acme%20%26%20Co:ada%40example.com?secret=\(enrolled.secret.base32)&"
                )
            )
            #expect(try await clerk.users.get(id).hasSecondFactor == true)
            let now = WallClock.system.now()
            let code = try #require(TOTP().code(of: enrolled.secret, at: now))
            #expect(try await clerk.factors.verify(code: code, of: id) == .totp)
            let verifier = TOTP(clock: WallClock { now })
            #expect(verifier.accepts(code, of: enrolled.secret, for: id))
            #expect(!verifier.accepts(code, of: enrolled.secret, for: id))
            let codes = try await clerk.factors.createBackupCodes(id)
            #expect(Set(codes).count == 10)
            #expect(try await clerk.factors.verify(code: codes[0], of: id) == .backupCode)
            #expect(try await clerk.factors.verify(code: codes[0], of: id) == .wrong)
            try await clerk.factors.deleteBackupCodes(of: id)
            try await clerk.factors.disableAll(of: id)
            let user = try await clerk.users.get(id)
            #expect(user.hasTOTP == false)
            #expect(user.hasBackupCodes == false)
        }
    }

    @Test("opaque tokens are verified with their contents, and revoked tokens are told as revoked")
    func opaqueTokens() async throws {
        try await withFake { fake, clerk in
            let verifier = ClerkTokenVerifier(clerk)
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let key = try await clerk.apiKeys.create(subject: user, name: "CI", scopes: ["read"])
            let secret = try #require(key.secret)
            #expect(try await verifier.verify(secret, kind: .apiKey)?.scopes == ["read"])
            try await clerk.apiKeys.revoke(key.id)
            #expect(try await verifier.verify(secret, kind: .apiKey)?.isRevoked == true)
            #expect(try await verifier.verify("ak_unknown", kind: .apiKey) == nil)
            _ = try await clerk.machines.create(name: "worker")
            let token = try await clerk.machineTokens.create(claims: ["job": 1])
            #expect(try await verifier.verify(try #require(token.token), kind: .m2m)?.claims == ["job": 1])
            let oauth = fake.oauthToken(of: user, scopes: ["invoices.read"])
            #expect(try await verifier.verify(oauth, kind: .oauth)?.clientID == "client_1")
            #expect(try await verifier.verify("oat_unknown", kind: .oauth) == nil)
            fake.fail(.status(503), times: 10)
            await #expect(throws: OpaqueTokenError.self) { try await verifier.verify(secret, kind: .apiKey) }
        }
    }

    @Test("roles, permissions and role sets become those of a policy, and nothing is deleted unasked")
    func policySync() async throws {
        try await withFake { _, clerk in
            let policy = Policy {
                Role("org:member") { Grants("org:invoices:read") }
                Role("org:billing") {
                    Inherits("org:member")
                    Grants("org:invoices:void", "org:invoices:pay")
                    Denies("org:invoices:pay")
                }
            }
            let engine = try PolicyEngine(policy)
            let plan = try await clerk.plan(for: engine)
            #expect(plan.problems.isEmpty)
            #expect(plan.kept == ["role org:admin"])
            try await clerk.apply(plan)
            let again = try await clerk.plan(for: engine)
            #expect(again.steps.isEmpty)
            let billing = try #require(try await clerk.roles.list().all().first { $0.key == "org:billing" })
            #expect(billing.permissions.compactMap(\.key) == ["org:invoices:read", "org:invoices:void"])
            #expect(try await clerk.roleSets.get("role_set:default").roles.compactMap(\.key).contains("org:billing"))
            let own = try PolicyEngine(try await clerk.policy())
            #expect(
                own.permissions(holding: ["org:billing"]).map(\.permission) == [
                    "org:invoices:read", "org:invoices:void",
                ]
            )
            let smaller = try PolicyEngine(Policy { Role("org:member") { Grants("org:invoices:read") } })
            #expect(try await clerk.plan(for: smaller).steps.isEmpty)
            let deleting = try await clerk.plan(for: smaller, deleting: true).steps.map(\.description)
            #expect(deleting.contains("delete role org:billing"))
            let eleven = try PolicyEngine(Policy(roles: (0..<11).map { Role("org:role_\($0)") }))
            #expect(try await clerk.plan(for: eleven).problems.count == 1)
            let odd = try PolicyEngine(Policy { Role("Org:Big") { Grants("a:b") } })
            #expect(try await clerk.plan(for: odd).problems.count == 2)
        }
    }

    @Test("session tokens of the fake show the user's present state, and its webhooks are signed")
    func tokens() async throws {
        try await withFake { fake, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            _ = try await clerk.memberships.create(in: tenant, userID: user, role: "org:member")
            let token = try fake.sessionToken(of: user, in: tenant)
            let verifier = try TokenVerifier(
                keys: try fake.keyPair.keySet,
                configuration: .init(issuer: FakeClerk.issuer)
            )
            let verified = try await verifier.verify(token)
            let webhooks = try WebhookVerifier(secrets: [fake.webhookSecret])
            for delivery in fake.deliveries {
                #expect(try webhooks.verify(delivery.headerFields, body: delivery.body).id == delivery.id)
            }
            #expect(fake.deliveries.count == 4)
            #expect(verified.payload.member("o")?.member("rol")?.string == "member")
        }
    }
}
#endif
