#if Configuration
public import Configuration
public import GatehouseTokens

extension TokenVerifier.Configuration {
    /// Reads the settings of a token verifier.
    ///
    /// ```swift
    /// let verification = try TokenVerifier.Configuration(config: config.scoped(to: "tokens"))
    /// ```
    ///
    /// | key | value | default |
    /// |---|---|---|
    /// | `issuer` | the value of `iss` | any |
    /// | `audiences` | list: a value of `aud` must be in the list | any |
    /// | `authorizedParties` | list: `azp` must be in the list | any |
    /// | `allowsMissingAuthorizedParty` | `true`, `false` | `false` |
    /// | `algorithms` | list, such as `RS256, ES256` | `RS256` |
    /// | `clockSkew` | time | `5s` |
    /// | `maximumLifetime` | time, or `none` | `24h` |
    /// | `rememberedTokens` | number | 4096 |
    /// | `rememberedTokenBytes` | number | 20971520 |
    ///
    /// - Parameters:
    ///   - config: A reader that is scoped to the keys of the table. No value is a secret.
    ///   - profile: The kind of token.
    /// - Throws: `SettingError` with the key of a value that is not valid.
    public init(config: ConfigReader, profile: TokenProfile = .jwt) throws(SettingError) {
        let reader = SettingReader(config: config)
        self.init(profile: profile)
        issuer = try reader.text("issuer")
        audiences = try reader.list("audiences") ?? audiences
        authorizedParties = try reader.list("authorizedParties") ?? authorizedParties
        allowsMissingAuthorizedParty = try reader.flag("allowsMissingAuthorizedParty") ?? allowsMissingAuthorizedParty
        algorithms = try reader.algorithms() ?? algorithms
        clockSkew = try reader.time("clockSkew") ?? clockSkew
        if try reader.text("maximumLifetime") == "none" {
            maximumLifetime = nil
        } else {
            maximumLifetime = try reader.time("maximumLifetime") ?? maximumLifetime
        }
        rememberedTokens = try reader.number("rememberedTokens") ?? rememberedTokens
        rememberedTokenBytes = try reader.number("rememberedTokenBytes") ?? rememberedTokenBytes
        try requireRanges()
    }
}

extension SettingReader {
    /// Returns the algorithms of a verifier; `nil` if there is no value.
    func algorithms() throws(SettingError) -> Set<SignatureAlgorithm>? {
        try list("algorithms", of: "signature algorithm that is known here") { SignatureAlgorithm(rawValue: $0) }
            .map { Set($0) }
    }
}
#endif
