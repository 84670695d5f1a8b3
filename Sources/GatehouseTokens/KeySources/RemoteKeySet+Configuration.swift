public import HTTPTypes

extension RemoteKeySet {
    /// The settings of a remote key set.
    public struct Configuration: Sendable, Hashable {
        /// The address of the JWK Set.
        public var url: String
        /// The other header fields of the request, such as a bearer credential for the address. Clerk's `/v1/jwks` takes `[.authorization:
        /// "Bearer \(secretKey)"]`. The values of the fields are neither logged nor described.
        public var headerFields: HTTPFields
        /// The time for which a set is current if its answer has no `Cache-Control` with `max-age`, `no-cache` or `no-store`.
        /// The time counts, like all times of this configuration, from the start of a load. After the time to live, the next use of a
        /// key starts a load, and does not wait for the load.
        public var timeToLive: Duration
        /// The bounds of the time to live that an answer's `Cache-Control` may set.
        public var timeToLiveBounds: ClosedRange<Duration>
        /// The time before the end of the time to live at which the next load may begin, while the set is still in use. The time is at most
        /// half of the time to live, of which each load takes a random part. With zero, the next load begins after the time to live.
        public var refreshAhead: Duration
        /// The longest time for which a set stays in use while the next set cannot be loaded or is not there yet; at least the time to
        /// live. A key that its issuer withdrew may stay in use for that time if no caller asked for a key meanwhile. With zero, a caller
        /// after the time to live waits for the next set.
        public var staleLimit: Duration
        /// The time after the start of an attempt in which no other attempt is made.
        public var cooldown: Duration
        /// The longest time of a load.
        public var deadline: Duration

        /// Makes a configuration; by default 5 minutes, between 1 and 15, 30 seconds, 1 hour, 10 seconds and 5 seconds.
        public init(
            url: String,
            headerFields: HTTPFields = [:],
            timeToLive: Duration = .seconds(300),
            timeToLiveBounds: ClosedRange<Duration> = .seconds(60) ... .seconds(900),
            refreshAhead: Duration = .seconds(30),
            staleLimit: Duration = .seconds(3_600),
            cooldown: Duration = .seconds(10),
            deadline: Duration = .seconds(5)
        ) {
            self.url = url
            self.headerFields = headerFields
            self.timeToLive = timeToLive
            self.timeToLiveBounds = timeToLiveBounds
            self.refreshAhead = refreshAhead
            self.staleLimit = staleLimit
            self.cooldown = cooldown
            self.deadline = deadline
        }

        /// Checks that the settings are within their ranges.
        package func requireRanges() throws(SettingError) {
            let times = Duration.zero...SettingError.longestTime
            try SettingError.require(timeToLive, in: times, "timeToLive")
            try SettingError.require(timeToLiveBounds.lowerBound, in: times, "timeToLiveBounds")
            try SettingError.require(timeToLiveBounds.upperBound, in: times, "timeToLiveBounds")
            try SettingError.require(refreshAhead, in: times, "refreshAhead")
            try SettingError.require(staleLimit, in: times, "staleLimit")
            try SettingError.require(cooldown, in: times, "cooldown")
            try SettingError.require(deadline, in: .milliseconds(1) ... .seconds(86_400), "deadline")
        }

        /// Returns the time to live of a set whose answer has this lifetime.
        func timeToLive(_ lifetime: CacheLifetime) -> Duration {
            guard let seconds = lifetime.seconds else { return timeToLive }
            return min(max(.seconds(seconds), timeToLiveBounds.lowerBound), timeToLiveBounds.upperBound)
        }

        /// Returns the time before the end of the time to live at which the next load begins.
        func refreshAhead(of timeToLive: Duration, jitter: Double) -> Duration {
            min(refreshAhead, timeToLive / 2) * (0.5 + min(max(jitter, 0), 1) / 2)
        }
    }
}
