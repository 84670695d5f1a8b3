#if Server
import GatehouseBase
import TestSupport
import Testing

extension ClerkCommandTests {
    @Test("the fake prints its addresses and keys, gives tokens, breaks answers when told to, and stops on SIGTERM")
    func fake() async throws {
        let fake = try FakeClerkProcess()
        for name in ["apiURL", "secretKey", "publishableKey", "issuer", "jwksURL", "jwtKey", "webhookSecret"] {
            #expect(fake.facts[name]?.string?.isEmpty == false)
        }
        let user = try #require(
            try await fake.object("users", "create", "--email-address", "ada@example.com")["id"]?.string
        )
        let token = try await fake.control("/__fake/tokens", #"{"user_id":"\#(user)"}"#)["jwt"]?.string ?? ""
        let folder = try TemporaryFolder()
        let pem = try folder.write(fake.facts["jwtKey"]?.string ?? "", to: "key.pem")
        let verified = try await Tool.run(
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
        let refused = try await Tool.run(["token", "verify"] + options, input: Array(token.utf8))
        #expect(refused.output.contains("token-invalid-authorized-parties"), "\(refused.output)")
        let party = #"{"user_id":"\#(user)","authorized_party":"https://app.example.com"}"#
        let ofParty = try await fake.control("/__fake/tokens", party)["jwt"]?.string ?? ""
        #expect(try await Tool.run(["token", "verify"] + options, input: Array(ofParty.utf8)).status == 0)
        let wrong = try await fake.control("/__fake/tokens", #"{"user_id":"\#(user)","authorized_party":7}"#)
        #expect(wrong["message"] == "authorized_party is a string")
        _ = try await fake.control("/__fake/faults", #"{"status":423,"times":1}"#)
        #expect(try await fake.run("users", "get", user).status == 1)
        #expect(try await fake.run("users", "get", user).status == 0)
        #expect(fake.end() == 0)
    }
}
#endif
