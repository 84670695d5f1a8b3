extension ClerkAuthenticator.Configuration {
    /// How many calls to the issuer opaque tokens may cost, and for how long its answers are remembered.
    ///
    /// An authenticator and those that ``ClerkAuthenticator/accepting(_:)`` gives share them; another has its own.
    ///
    /// All times but the deadline are measured by a `MonotonicClock`. They count from the beginning of the call, so that an
    /// answer is never older than they say.
    public struct OpaqueTokens: Sendable, Hashable {
        /// How long a good token is remembered; never beyond its own expiry. Zero: not at all.
        ///
        /// For the longer of this and ``deadline`` a token that was revoked may still be accepted: a request may also join a
        /// call that began before.
        public var timeToLive: Duration
        /// How long a token is refused again without a call: one that the issuer does not know, or that is revoked, expired,
        /// inactive or of another kind. Zero: not at all.
        public var negativeTimeToLive: Duration
        /// The number of good tokens that are remembered, beyond their time as well: these have priority when calls run short. 0 for
        /// none.
        public var rememberedTokens: Int
        /// How many refused tokens are remembered; 0 for none. By default there are more than can be refused within the default
        /// times, so that no flood pushes one out; beyond, the oldest goes first. They never push out good tokens.
        public var rememberedRefusals: Int
        /// The most bytes of an answer that is remembered: those of its texts, and 64 for each value of its claims.
        public var maximumRememberedByteCount: Int
        /// How many calls may be under way at a time, at least 1. Tokens that were not good before leave a quarter free.
        public var callsInFlight: Int
        /// How many calls may be made each second on average, at least 1.
        public var callsPerSecond: Int
        /// How many calls may be made at once after a quiet time, at least 1. Tokens that were not good before leave a quarter.
        public var callBurst: Int
        /// How long a request waits for an answer, in elapsed time and at most a day. Then it is 503, and the call is
        /// cancelled; a call that does not heed that keeps its place until it returns.
        public var deadline: Duration

        /// Makes limits; by default good tokens are remembered for 5 s and others for 10 s, and there are at most 32 calls at
        /// a time and 50 a second, after a burst of 100.
        public init(
            timeToLive: Duration = .seconds(5),
            negativeTimeToLive: Duration = .seconds(10),
            rememberedTokens: Int = 1_024,
            rememberedRefusals: Int = 1_024,
            maximumRememberedByteCount: Int = 4_096,
            callsInFlight: Int = 32,
            callsPerSecond: Int = 50,
            callBurst: Int = 100,
            deadline: Duration = .seconds(5)
        ) {
            self.timeToLive = timeToLive
            self.negativeTimeToLive = negativeTimeToLive
            self.rememberedTokens = rememberedTokens
            self.rememberedRefusals = rememberedRefusals
            self.maximumRememberedByteCount = maximumRememberedByteCount
            self.callsInFlight = callsInFlight
            self.callsPerSecond = callsPerSecond
            self.callBurst = callBurst
            self.deadline = deadline
        }

        /// Checks that the settings are within their ranges.
        func requireRanges() throws(SettingError) {
            func require<Value: Comparable>(
                _ value: Value,
                in range: ClosedRange<Value>,
                _ name: String
            ) throws(SettingError) {
                try SettingError.require(value, in: range, "opaqueTokens.\(name)")
            }
            try require(timeToLive, in: .zero...SettingError.longestTime, "timeToLive")
            try require(negativeTimeToLive, in: .zero...SettingError.longestTime, "negativeTimeToLive")
            try require(rememberedTokens, in: 0...(1 << 30), "rememberedTokens")
            try require(rememberedRefusals, in: 0...(1 << 30), "rememberedRefusals")
            try require(maximumRememberedByteCount, in: 0...(1 << 30), "maximumRememberedByteCount")
            try require(callsInFlight, in: 1...(1 << 30), "callsInFlight")
            try require(callsPerSecond, in: 1...1_000_000_000, "callsPerSecond")
            try require(callBurst, in: 1...(1 << 30), "callBurst")
            try require(deadline, in: .milliseconds(1) ... .seconds(86_400), "deadline")
        }
    }
}
