public import HTTPTypes

extension RemoteKeySet {
    /// The settings by which a remote key set is loaded and kept.
    public struct Configuration: Sendable, Hashable {
        /// The address of the JWK Set.
        public var url: String
        /// Further header fields of the request, such as a bearer credential for the address: Clerk's own `/v1/jwks` takes
        /// `[.authorization: "Bearer \(secretKey)"]`. They are neither logged nor described.
        public var headerFields: HTTPFields
        /// How long a set is current where its answer has no `Cache-Control` with `max-age`, `no-cache` or `no-store`.
        /// Counted, like all of these, from the start of its load. After it the next use of a key starts a load, and does not
        /// wait for it.
        public var timeToLive: Duration
        /// The bounds of the time that an answer's `Cache-Control` may give a set.
        public var timeToLiveBounds: ClosedRange<Duration>
        /// How long before its time is over a set is loaded anew, while it still serves: at most half of that time, and a
        /// part of this at random. Zero: only when it is over.
        public var refreshAhead: Duration
        /// The longest time that a set serves while the next one cannot be loaded, or is not there yet; at least the time to live.
        /// A key that its issuer took back may serve for so long if nothing was asked meanwhile. With zero, a caller after the
        /// time to live waits for the next set.
        public var staleLimit: Duration
        /// How long after an attempt there is no other.
        public var cooldown: Duration
        /// How long a load may take.
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

        /// How long a set is current whose answer said this.
        func timeToLive(_ lifetime: CacheLifetime) -> Duration {
            guard let seconds = lifetime.seconds else { return timeToLive }
            return min(max(.seconds(seconds), timeToLiveBounds.lowerBound), timeToLiveBounds.upperBound)
        }

        /// How long before the end of its time a set is loaded anew.
        func refreshAhead(of timeToLive: Duration, jitter: Double) -> Duration {
            min(refreshAhead, timeToLive / 2) * (0.5 + min(max(jitter, 0), 1) / 2)
        }
    }
}
