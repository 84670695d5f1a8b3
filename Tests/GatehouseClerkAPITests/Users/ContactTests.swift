#if TestServers && AsyncHTTPClient
import GatehouseBase
import GatehouseTestingServers
import Testing

@testable import GatehouseClerk

@Suite("Addresses and numbers of users, and further operations of the fake")
struct ContactTests {
    private static func send(
        _ clerk: ClerkClient,
        _ operation: String,
        _ path: String...,
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        try await clerk.send(ClerkRequest(operation, path: path, body: body))
    }

    @Test("phone numbers are made, changed, replaced and deleted")
    func phones() async throws {
        try await withFake { fake, clerk in
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let made = try await Self.send(
                clerk,
                "CreatePhoneNumber",
                body: ["user_id": .string(user), "phone_number": "+15550100", "verified": true, "primary": true]
            )
            let id = try #require(made["id"]?.string)
            #expect(try await clerk.users.get(user).json["primary_phone_number_id"] == .string(id))
            let changed = try await Self.send(
                clerk,
                "UpdatePhoneNumber",
                id,
                body: ["reserved_for_second_factor": true]
            )
            #expect(changed["reserved_for_second_factor"] == true)
            #expect(try await clerk.users.get(user).hasSecondFactor == true)
            let taken = await failure { () async throws(ClerkError) in
                try await clerk.send(
                    ClerkRequest("CreatePhoneNumber", body: ["user_id": .string(user), "phone_number": "+15550100"])
                )
            }
            #expect(taken?.details.first?.parameter == "phone_number")
            let replaced = try await Self.send(
                clerk,
                "ReplaceUserPhoneNumber",
                user,
                body: ["phone_number": "+15550101"]
            )
            let other = try #require(replaced["id"]?.string)
            #expect(try await clerk.users.get(user).json["phone_numbers"]?.elements.count == 1)
            let gone = await failure { () async throws(ClerkError) in
                try await clerk.send(ClerkRequest("GetPhoneNumber", path: [id]))
            }
            #expect(gone?.code == .notFound)
            #expect(try await Self.send(clerk, "GetPhoneNumber", other)["phone_number"] == "+15550101")
            #expect(try await Self.send(clerk, "DeletePhoneNumber", other)["deleted"] == true)
            #expect(try await clerk.users.get(user).json["primary_phone_number_id"] == JSONValue.null)
            #expect(fake.deliveries.last?.type == "user.updated")
        }
    }

    @Test("e-mail addresses are verified, made the primary one, and replaced")
    func addresses() async throws {
        try await withFake { _, clerk in
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com", "a@example.com"])
            let second = try #require(user.emailAddresses.last?.id)
            _ = try await Self.send(clerk, "UpdateEmailAddress", second, body: ["primary": true, "verified": false])
            let changed = try await clerk.users.get(user.id)
            #expect(changed.primaryEmailAddress == "a@example.com")
            #expect(changed.emailAddresses.map(\.isVerified) == [true, false])
            let replaced = try await Self.send(
                clerk,
                "ReplaceUserEmailAddress",
                user.id,
                body: ["email_address": "new@example.com", "identification_status": "reserved"]
            )
            #expect(replaced["reserved"] == true)
            let after = try await clerk.users.get(user.id)
            #expect(after.emailAddresses.map(\.emailAddress) == ["new@example.com"])
            #expect(after.primaryEmailAddress == "new@example.com")
        }
    }

    @Test("a password is marked as compromised, and its sessions end where that is asked for")
    func compromised() async throws {
        try await withFake { _, clerk in
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"], password: "correct horse").id
            let session = try await clerk.sessions.create(userID: user).id
            _ = try await Self.send(clerk, "SetUserPasswordCompromised", user, body: ["revoke_all_sessions": true])
            #expect(try await clerk.sessions.get(session).status == "revoked")
            _ = try await Self.send(clerk, "UnsetUserPasswordCompromised", user)
        }
    }

    @Test("a user of the fake has no tokens of social providers, and an OAuth token can be revoked")
    func oauth() async throws {
        try await withFake { fake, clerk in
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            #expect(try await Self.send(clerk, "GetOAuthAccessToken", user, "oauth_google") == [])
            let token = fake.oauthToken(of: user)
            let verify = ClerkRequest("verifyOAuthAccessToken", body: ["access_token": .string(token)])
            #expect(try await clerk.send(verify)["revoked"] == false)
            _ = try await Self.send(clerk, "RevokeOAuthApplicationToken", "app_1", body: ["token": .string(token)])
            #expect(try await clerk.send(verify)["revoked"] == true)
        }
    }

    @Test("an operation that the fake does not serve says why")
    func notServed() async throws {
        try await withFake { _, clerk in
            let error = await failure { () async throws(ClerkError) in
                try await clerk.send(ClerkRequest("ListUserTrustedDevices", path: ["user_1"]))
            }
            #expect(error?.status == 501)
            #expect(error?.details.first?.message.contains("Only the front end makes trusted devices.") == true)
        }
    }
}
#endif
