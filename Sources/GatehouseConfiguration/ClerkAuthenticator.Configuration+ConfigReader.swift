#if Configuration
public import Configuration
public import GatehouseClerk

extension ClerkAuthenticator.Configuration {
    /// Reads the settings of an authenticator.
    ///
    /// | key | value | default |
    /// |---|---|---|
    /// | `publishableKey` | `pk_live_…` or `pk_test_…`, which contains the issuer | – |
    /// | `issuer` | the value of `iss`, if there is no publishable key | any |
    /// | `authorizedParties` | list: `azp` must be in the list | any |
    /// | `allowsMissingAuthorizedParty` | `true`, `false` | `false` |
    /// | `audiences` | list: a value of `aud` must be in the list | any |
    /// | `clockSkew` | time | `5s` |
    /// | `maximumTokenLifetime` | time | `1h` |
    /// | `maximumMachineTokenLifetime` | time | `24h` |
    /// | `acceptedTokens` | list of `session`, `m2m`, `oauth`, `apiKey` | `session` |
    /// | `clients` | list of OAuth clients | all |
    /// | `acceptsSessionCookie` | `true`, `false` | `false` |
    /// | `algorithms` | list, such as `RS256` | `RS256` |
    /// | `rememberedTokens` | number | 4096 |
    /// | `rememberedTokenBytes` | number | 20971520 |
    ///
    /// The settings of `OpaqueTokens` stand under `opaqueTokens`, with the names of its properties.
    ///
    /// - Parameter config: A reader that is scoped to the keys of the table. No value is a secret.
    /// - Throws: `SettingError` with the key of a value that is not valid.
    public init(config: ConfigReader) throws(SettingError) {
        let reader = SettingReader(config: config)
        self.init()
        issuer = try reader.text("issuer")
        if let text = try reader.text("publishableKey") {
            guard let key = PublishableKey(text) else {
                throw SettingError(
                    .malformed,
                    "publishableKey",
                    "is no publishable key: one begins with pk_live_ or pk_test_"
                )
            }
            guard issuer == nil else {
                throw SettingError(.malformed, "issuer", "follows from publishableKey, and may not stand beside it")
            }
            issuer = key.issuer
        }
        authorizedParties = try reader.list("authorizedParties") ?? authorizedParties
        allowsMissingAuthorizedParty = try reader.flag("allowsMissingAuthorizedParty") ?? allowsMissingAuthorizedParty
        audiences = try reader.list("audiences") ?? audiences
        clockSkew = try reader.time("clockSkew") ?? clockSkew
        maximumTokenLifetime = try reader.time("maximumTokenLifetime") ?? maximumTokenLifetime
        maximumMachineTokenLifetime = try reader.time("maximumMachineTokenLifetime") ?? maximumMachineTokenLifetime
        acceptedTokens =
            try reader.list("acceptedTokens", of: "kind of token") { ClerkTokenKind(rawValue: $0) } ?? acceptedTokens
        clients = try reader.list("clients") ?? clients
        acceptsSessionCookie = try reader.flag("acceptsSessionCookie") ?? acceptsSessionCookie
        algorithms = try reader.algorithms() ?? algorithms
        rememberedTokens = try reader.number("rememberedTokens") ?? rememberedTokens
        rememberedTokenBytes = try reader.number("rememberedTokenBytes") ?? rememberedTokenBytes
        try opaqueTokens.read(reader)
        try requireRanges()
    }
}

extension ClerkAuthenticator.Configuration.OpaqueTokens {
    fileprivate mutating func read(_ reader: SettingReader) throws(SettingError) {
        timeToLive = try reader.time("opaqueTokens.timeToLive") ?? timeToLive
        negativeTimeToLive = try reader.time("opaqueTokens.negativeTimeToLive") ?? negativeTimeToLive
        rememberedTokens = try reader.number("opaqueTokens.rememberedTokens") ?? rememberedTokens
        rememberedRefusals = try reader.number("opaqueTokens.rememberedRefusals") ?? rememberedRefusals
        maximumRememberedByteCount =
            try reader.number("opaqueTokens.maximumRememberedByteCount") ?? maximumRememberedByteCount
        callsInFlight = try reader.number("opaqueTokens.callsInFlight") ?? callsInFlight
        callsPerSecond = try reader.number("opaqueTokens.callsPerSecond") ?? callsPerSecond
        callBurst = try reader.number("opaqueTokens.callBurst") ?? callBurst
        deadline = try reader.time("opaqueTokens.deadline") ?? deadline
    }
}
#endif
