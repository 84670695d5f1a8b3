import GatehouseClerk
import SharedVectors
import Testing

@Suite("A publishable key says which instance issues the tokens")
struct PublishableKeyTests {
    @Test(
        "Clerk's own cases are decided as Clerk does",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/keys.json", "parse_publishable_key")
    )
    func parsing(row: SharedVectors.Row) throws {
        let key = PublishableKey(try #require(row["key"]?.string))
        #expect(key?.frontendHost == row["expect"]?["frontendApi"]?.string)
        #expect(
            key.map { $0.environment == .production ? "production" : "development" }
                == row["expect"]?["instanceType"]?.string
        )
    }

    @Test(
        "the key that Clerk makes of a host is read back as that host",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/keys.json", "build_publishable_key")
    )
    func building(row: SharedVectors.Row) throws {
        let host = try #require(row["frontendApi"]?.string)
        let text = try #require(row["expect"]?.string)
        let key = try #require(PublishableKey(text))
        #expect(key.issuer == "https://\(host)")
        #expect(key.jwksURL == "https://\(host)/.well-known/jwks.json")
    }

    @Test(
        "a text that is no host makes no key",
        arguments: [
            "",  // nothing
            "JA",  // $
            "YS5iL2Mk",  // a.b/c$
            "YUBiLmMk",  // a@b.c$
            "YS5iIyQ",  // a.b#$
            "YS5iJA=",  // a.b$, half padded
            "YS5iJB",  // a.b$, unused bits
            " YS5iJA",  // a.b$, with a space
        ]
    )
    func noHost(encoded: String) {
        #expect(PublishableKey("pk_test_YS5iJA")?.frontendHost == "a.b")
        #expect(PublishableKey("pk_test_\(encoded)") == nil)
    }

    @Test("the key's address is the issuer that tokens must have")
    func issuer() throws {
        let key = try #require(PublishableKey("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"))
        let configuration = ClerkAuthenticator.Configuration(publishableKey: key, authorizedParties: ["https://app"])
        #expect(configuration.issuer == "https://clerk.example.com")
        #expect(configuration.authorizedParties == ["https://app"])
        #expect(configuration.acceptedTokens == [.session])
    }
}
