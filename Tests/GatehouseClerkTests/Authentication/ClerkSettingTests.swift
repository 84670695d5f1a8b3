import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("A Clerk authenticator is made of a publishable key, or of settings within their ranges")
struct ClerkSettingTests {
    @Test("issuer and address of the keys follow from the key")
    func publishableKey() async throws {
        let pair = try KeyPair()
        let transport = InMemoryTransport(answers: [.json(pair.jwks.description)])
        let clerk = try ClerkAuthenticator(
            publishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
            authorizedParties: ["https://app.example.com"],
            transport: transport,
            clock: ManualClock(Fixture.now).wall
        )
        #expect(clerk.issuer == "https://clerk.example.com")
        var claims = ClerkClaims(subject: "user_1", issuer: "https://clerk.example.com")
        for (party, isAccepted) in [("https://app.example.com", true), ("https://evil.example.com", false)] {
            claims.authorizedParty = party
            let token = try TokenMinter(keyPair: pair).clerkSession(claims, at: Fixture.now)
            let fields: HTTPFields = [.authorization: "Bearer \(token)"]
            let found = await clerk.authenticate(AuthorizationRequest(method: .get, path: "/", headerFields: fields))
            if case .authenticated = found { #expect(isAccepted) } else { #expect(!isAccepted) }
        }
        #expect(transport.requests.map(\.url) == ["https://clerk.example.com/.well-known/jwks.json"])
    }

    @Test(
        "another text is an error that names the setting",
        arguments: ["", "pk_live_", "sk_live_x", "pk_live_Y2xlcms"]
    )
    func noKey(text: String) {
        let error = #expect(throws: SettingError.self) {
            try ClerkAuthenticator(
                publishableKey: text,
                authorizedParties: [],
                transport: InMemoryTransport(answers: [])
            )
        }
        #expect(error?.setting == "publishableKey" && error?.description.contains("sk_live_x") == false)
    }

    @Test(
        "a setting that is out of its range is an error that names it",
        arguments: [
            ("clockSkew", .init(clockSkew: .seconds(-1))), ("rememberedTokens", .init(rememberedTokens: -1)),
            ("maximumTokenLifetime", .init(maximumTokenLifetime: .zero)),
            ("maximumMachineTokenLifetime", .init(maximumMachineTokenLifetime: .seconds(-1))),
            ("opaqueTokens.timeToLive", .init(opaqueTokens: .init(timeToLive: .seconds(-1)))),
            ("opaqueTokens.negativeTimeToLive", .init(opaqueTokens: .init(negativeTimeToLive: .seconds(-1)))),
            ("opaqueTokens.rememberedTokens", .init(opaqueTokens: .init(rememberedTokens: -1))),
            ("opaqueTokens.rememberedRefusals", .init(opaqueTokens: .init(rememberedRefusals: -1))),
            ("opaqueTokens.callsInFlight", .init(opaqueTokens: .init(callsInFlight: 0))),
            ("opaqueTokens.callsPerSecond", .init(opaqueTokens: .init(callsPerSecond: 0))),
            ("opaqueTokens.callBurst", .init(opaqueTokens: .init(callBurst: 0))),
            ("opaqueTokens.deadline", .init(opaqueTokens: .init(deadline: .zero))),
            ("opaqueTokens.deadline", .init(opaqueTokens: .init(deadline: .seconds(Int64.max) * 4))),
        ] as [(String, ClerkAuthenticator.Configuration)]
    )
    func outOfRange(setting: String, configuration: ClerkAuthenticator.Configuration) throws {
        let keys = try KeyPair(algorithm: .es256).keySet
        let error = #expect(throws: SettingError.self) {
            try ClerkAuthenticator(keys: keys, configuration: configuration)
        }
        #expect(error?.setting == setting && error?.code == .outOfRange)
    }
}
