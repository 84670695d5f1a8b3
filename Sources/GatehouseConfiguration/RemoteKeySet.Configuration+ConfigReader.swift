#if Configuration
public import Configuration
public import GatehouseTokens
import HTTPTypes

extension RemoteKeySet.Configuration {
    /// Reads the settings of a remote key set.
    ///
    /// | key | value | default |
    /// |---|---|---|
    /// | `url` | address of the JWK Set; https, or http on this machine | – |
    /// | `authorization` | secret: the request's `Authorization` field, such as `Bearer sk_…` | none |
    /// | `timeToLive` | time | `5m` |
    /// | `minimumTimeToLive`, `maximumTimeToLive` | time: bounds of the time that an answer states | `1m`, `15m` |
    /// | `refreshAhead` | time | `30s` |
    /// | `staleLimit` | time | `1h` |
    /// | `cooldown` | time | `10s` |
    /// | `deadline` | time | `5s` |
    ///
    /// - Parameter config: A reader that is scoped to the keys of the table.
    /// - Throws: `SettingError` with the key of a value that is not valid.
    public init(config: ConfigReader) throws(SettingError) {
        let reader = SettingReader(config: config)
        guard let url = try reader.text("url") else {
            throw SettingError(.missing, "url", "must be there: the address of the key set")
        }
        self.init(url: url)
        if let authorization = try reader.text("authorization", isSecret: true) {
            guard HTTPField.isValidValue(authorization) else {
                throw SettingError(.malformed, "authorization", "has a character that no header field has")
            }
            headerFields[.authorization] = authorization
        }
        timeToLive = try reader.time("timeToLive") ?? timeToLive
        let shortest = try reader.time("minimumTimeToLive") ?? timeToLiveBounds.lowerBound
        let longest = try reader.time("maximumTimeToLive") ?? timeToLiveBounds.upperBound
        guard shortest <= longest else {
            throw SettingError(
                .outOfRange,
                "minimumTimeToLive",
                "must be no more than maximumTimeToLive, which is \(longest)"
            )
        }
        timeToLiveBounds = shortest...longest
        refreshAhead = try reader.time("refreshAhead") ?? refreshAhead
        staleLimit = try reader.time("staleLimit") ?? staleLimit
        cooldown = try reader.time("cooldown") ?? cooldown
        deadline = try reader.time("deadline") ?? deadline
        try requireRanges()
    }
}
#endif
