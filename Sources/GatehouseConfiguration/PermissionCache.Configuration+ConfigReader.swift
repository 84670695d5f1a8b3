#if Configuration
public import Configuration
public import Gatehouse

extension PermissionCache.Configuration {
    /// Reads the settings of a permission cache.
    ///
    /// | key | value | default |
    /// |---|---|---|
    /// | `capacity` | number of entries | 100000 |
    /// | `timeToLive` | time | `60s` |
    /// | `negativeTimeToLive` | time | `5s` |
    /// | `jitter` | number from 0 to 1 | 0.1 |
    /// | `disconnectedTimeToLive` | time | `5s` |
    /// | `maximumLoads` | number | 1024 |
    ///
    /// - Parameter config: A reader that is scoped to the keys of the table. No value is a secret.
    /// - Throws: `SettingError` with the key of a value that is not valid.
    public init(config: ConfigReader) throws(SettingError) {
        let reader = SettingReader(config: config)
        self.init()
        capacity = try reader.number("capacity") ?? capacity
        timeToLive = try reader.time("timeToLive") ?? timeToLive
        negativeTimeToLive = try reader.time("negativeTimeToLive") ?? negativeTimeToLive
        jitter = try reader.fraction("jitter") ?? jitter
        disconnectedTimeToLive = try reader.time("disconnectedTimeToLive") ?? disconnectedTimeToLive
        maximumLoads = try reader.number("maximumLoads") ?? maximumLoads
        try requireRanges()
    }
}
#endif
