import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("A setting that is out of its range is an error that names it")
struct SettingRangeTests {
    @Test(
        "a verifier's setting out of range is an error",
        arguments: [
            ("clockSkew", .init(clockSkew: .nanoseconds(-1))), ("clockSkew", .init(clockSkew: .seconds(Int64.max))),
            ("maximumLifetime", .init(maximumLifetime: .zero)),
            ("maximumLifetime", .init(maximumLifetime: .seconds(Int64.max) * 2)),
            ("rememberedTokens", .init(rememberedTokens: -1)), ("rememberedTokens", .init(rememberedTokens: .max)),
            ("rememberedTokenBytes", .init(rememberedTokenBytes: .min)),
        ] as [(String, TokenVerifier.Configuration)]
    )
    func verifier(setting: String, configuration: TokenVerifier.Configuration) throws {
        let keys = try KeyPair(algorithm: .es256).keySet
        let error = #expect(throws: SettingError.self) { try TokenVerifier(keys: keys, configuration: configuration) }
        #expect(error?.setting == setting && error?.code == .outOfRange)
    }

    private static func settings(_ change: (inout RemoteKeySet.Configuration) -> Void) -> RemoteKeySet.Configuration {
        var configuration = RemoteKeySet.Configuration(url: "https://id.example.com/jwks")
        change(&configuration)
        return configuration
    }

    @Test(
        "a key source's setting out of range is an error",
        arguments: [
            ("timeToLive", settings { $0.timeToLive = .seconds(-1) }),
            ("timeToLiveBounds", settings { $0.timeToLiveBounds = .seconds(-1) ... .seconds(1) }),
            ("timeToLiveBounds", settings { $0.timeToLiveBounds = .zero ... .seconds(Int64.max) }),
            ("refreshAhead", settings { $0.refreshAhead = .seconds(-1) }),
            ("staleLimit", settings { $0.staleLimit = .seconds(-1) }),
            ("cooldown", settings { $0.cooldown = .seconds(-1) }),
            ("deadline", settings { $0.deadline = .zero }),
            ("deadline", settings { $0.deadline = .seconds(86_401) }),
        ]
    )
    func keySource(setting: String, configuration: RemoteKeySet.Configuration) {
        let error = #expect(throws: SettingError.self) {
            try RemoteKeySet(configuration: configuration, transport: InMemoryTransport(answers: []))
        }
        #expect(error?.setting == setting && error?.code == .outOfRange)
        #expect(error?.description.hasPrefix("\(setting): must be from ") == true)
    }
}
