#if Configuration
import Configuration
import GatehouseConfiguration
import HTTPTypes
import Testing

extension ConfigValue {
    fileprivate static func list(_ texts: String...) -> ConfigValue {
        ConfigValue(.stringArray(texts), isSecret: false)
    }
}

@Suite("Settings are read from a reader of swift-configuration")
struct ConfigurationTests {
    private func reader(_ values: [AbsoluteConfigKey: ConfigValue]) -> ConfigReader {
        ConfigReader(provider: InMemoryProvider(values: values))
    }

    @Test("settings without a value are the defaults")
    func defaults() throws {
        let empty = reader([:])
        #expect(try TokenVerifier.Configuration(config: empty) == TokenVerifier.Configuration())
        #expect(try ClerkAuthenticator.Configuration(config: empty) == ClerkAuthenticator.Configuration())
        let url = "https://id.example.com/jwks"
        #expect(
            try RemoteKeySet.Configuration(config: reader(["url": "https://id.example.com/jwks"])) == .init(url: url)
        )
        let (cache, byDefault) = (try PermissionCache.Configuration(config: empty), PermissionCache.Configuration())
        #expect(cache.capacity == byDefault.capacity && cache.maximumLoads == byDefault.maximumLoads)
        #expect(cache.jitter == byDefault.jitter && cache.disconnectedTimeToLive == byDefault.disconnectedTimeToLive)
        #expect(cache.timeToLive == byDefault.timeToLive && cache.negativeTimeToLive == byDefault.negativeTimeToLive)
    }

    @Test("a verifier's settings are read from variables")
    func verifier() throws {
        let provider = EnvironmentVariablesProvider(
            environmentVariables: [
                "TOKENS_ISSUER": "https://id.example.com",
                "TOKENS_AUDIENCES": "invoices, orders",
                "TOKENS_AUTHORIZED_PARTIES": "https://app.example.com",
                "TOKENS_ALLOWS_MISSING_AUTHORIZED_PARTY": "true",
                "TOKENS_ALGORITHMS": "ES256,EdDSA",
                "TOKENS_CLOCK_SKEW": "500ms",
                "TOKENS_MAXIMUM_LIFETIME": "none",
                "TOKENS_REMEMBERED_TOKENS": "0",
                "TOKENS_REMEMBERED_TOKEN_BYTES": "1",
            ]
        )
        let read = try TokenVerifier.Configuration(config: ConfigReader(provider: provider).scoped(to: "tokens"))
        #expect(
            read
                == TokenVerifier.Configuration(
                    algorithms: [.es256, .edDSA],
                    issuer: "https://id.example.com",
                    audiences: ["invoices", "orders"],
                    authorizedParties: ["https://app.example.com"],
                    allowsMissingAuthorizedParty: true,
                    clockSkew: .milliseconds(500),
                    maximumLifetime: nil,
                    rememberedTokens: 0,
                    rememberedTokenBytes: 1
                )
        )
    }

    @Test("a key source's settings are read, and its secret shows nowhere")
    func keySource() throws {
        let read = try RemoteKeySet.Configuration(
            config: reader([
                "url": "https://api.clerk.com/v1/jwks", "authorization": "Bearer sk_s3cret", "timeToLive": "10m",
                "minimumTimeToLive": "2m", "maximumTimeToLive": "1h", "refreshAhead": "1m", "staleLimit": "1d",
                "cooldown": "20s", "deadline": "3s",
            ])
        )
        #expect(
            read
                == RemoteKeySet.Configuration(
                    url: "https://api.clerk.com/v1/jwks",
                    headerFields: [.authorization: "Bearer sk_s3cret"],
                    timeToLive: .seconds(600),
                    timeToLiveBounds: .seconds(120) ... .seconds(3_600),
                    refreshAhead: .seconds(60),
                    staleLimit: .seconds(86_400),
                    cooldown: .seconds(20),
                    deadline: .seconds(3)
                )
        )
        #expect(!"\(read)".contains("s3cret"))
    }

    @Test("a cache's settings are read from values of a file's own forms")
    func cache() throws {
        let read = try PermissionCache.Configuration(
            config: reader([
                "capacity": 10, "timeToLive": "1m", "negativeTimeToLive": "0s", "jitter": 0.5,
                "disconnectedTimeToLive": "1s", "maximumLoads": 3,
            ])
        )
        #expect(read.capacity == 10 && read.timeToLive == .seconds(60) && read.negativeTimeToLive == .zero)
        #expect(read.jitter == 0.5 && read.disconnectedTimeToLive == .seconds(1) && read.maximumLoads == 3)
    }

    @Test("an authenticator's settings are read, with the issuer from the publishable key")
    func clerk() throws {
        let read = try ClerkAuthenticator.Configuration(
            config: reader([
                "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "acceptedTokens": .list("session", "apiKey"),
                "acceptsSessionCookie": true, "opaqueTokens.callsInFlight": 4, "maximumTokenLifetime": "5m",
            ])
        )
        var expected = ClerkAuthenticator.Configuration(issuer: "https://clerk.example.com")
        expected.acceptedTokens = [.session, .apiKey]
        expected.acceptsSessionCookie = true
        expected.opaqueTokens.callsInFlight = 4
        expected.maximumTokenLifetime = .seconds(300)
        #expect(read == expected)
    }

    static let unusableValues: [(key: String, value: ConfigValue, code: SettingError.Code)] = [
        ("clockSkew", "5", .malformed), ("clockSkew", "5 s", .malformed), ("clockSkew", "-5s", .malformed),
        ("clockSkew", "9999999999s", .malformed), ("clockSkew", "٥s", .malformed), ("clockSkew", "", .malformed),
        ("clockSkew", "~", .malformed), ("clockSkew", "null", .malformed), ("clockSkew", "\"5s\"", .malformed),
        ("clockSkew", 5, .malformed), ("clockSkew", true, .malformed), ("clockSkew", "999999999d", .outOfRange),
        ("issuer", "", .malformed), ("issuer", "'a'", .malformed), ("issuer", .list("a"), .malformed),
        ("audiences", "a,,b", .malformed), ("audiences", "a,", .malformed), ("audiences", .list("a", "~"), .malformed),
        ("allowsMissingAuthorizedParty", "yes", .malformed), ("allowsMissingAuthorizedParty", 1, .malformed),
        ("algorithms", "RS256,none", .malformed), ("algorithms", "rs256", .malformed),
        ("maximumLifetime", "0s", .outOfRange), ("maximumLifetime", "never", .malformed),
        ("rememberedTokens", "many", .malformed), ("rememberedTokens", "1.5", .malformed),
        ("rememberedTokens", -1, .outOfRange),
        ("rememberedTokenBytes", -1, .outOfRange),
    ]

    @Test(
        "an unusable value is an error with its key, never the default",
        arguments: unusableValues
    )
    func unusable(row: (key: String, value: ConfigValue, code: SettingError.Code)) {
        let config = reader([AbsoluteConfigKey([row.key]): row.value])
        let error = #expect(throws: SettingError.self) { try TokenVerifier.Configuration(config: config) }
        #expect(error?.setting == row.key && error?.code == row.code)
    }

    @Test(
        "an unusable value of a key source is an error with its key",
        arguments: [
            (["url": nil], "url", .missing), (["url": ""], "url", .malformed),
            (["authorization": "\"Bearer s3cret\""], "authorization", .malformed),
            (["authorization": "Bearer s3cret\nx: y"], "authorization", .malformed),
            (["minimumTimeToLive": "1h"], "minimumTimeToLive", .outOfRange),
            (["deadline": "0s"], "deadline", .outOfRange), (["deadline": "2d"], "deadline", .outOfRange),
            (["cooldown": "soon"], "cooldown", .malformed),
        ] as [([String: ConfigValue?], String, SettingError.Code)]
    )
    func keySourceErrors(values: [String: ConfigValue?], key: String, code: SettingError.Code) {
        var all: [AbsoluteConfigKey: ConfigValue] = ["url": "https://id.example.com/jwks"]
        for (key, value) in values { all[AbsoluteConfigKey([key])] = value }
        let error = #expect(throws: SettingError.self) { try RemoteKeySet.Configuration(config: reader(all)) }
        #expect(error?.setting == key && error?.code == code && error?.description.contains("s3cret") == false)
    }

    @Test(
        "an unusable value of a cache is an error with its key",
        arguments: [("capacity", 0), ("jitter", 2), ("maximumLoads", 0)] as [(String, ConfigValue)]
    )
    func cacheErrors(key: String, value: ConfigValue) {
        let config = reader([AbsoluteConfigKey([key]): value])
        let error = #expect(throws: SettingError.self) { try PermissionCache.Configuration(config: config) }
        #expect(error?.setting == key && error?.code == .outOfRange)
    }

    @Test(
        "an unusable value of an authenticator is an error with its key",
        arguments: [
            ("publishableKey", "sk_live_x"), ("acceptedTokens", "session,cookie"), ("opaqueTokens.callsInFlight", 0),
            ("opaqueTokens.deadline", "0s"), ("maximumMachineTokenLifetime", "0s"), ("clockSkew", "999999999d"),
        ] as [(String, ConfigValue)]
    )
    func clerkErrors(key: String, value: ConfigValue) {
        let components = key.split(separator: ".").map(String.init)
        let error = #expect(throws: SettingError.self) {
            try ClerkAuthenticator.Configuration(config: reader([AbsoluteConfigKey(components): value]))
        }
        #expect(error?.setting == key)
    }
}
#endif
