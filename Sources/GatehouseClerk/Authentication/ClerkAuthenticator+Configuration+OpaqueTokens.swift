extension ClerkAuthenticator.Configuration {
    /// The limits of calls to the issuer of opaque tokens, and of the memory of its answers.
    ///
    /// An authenticator shares its calls and its memory with the authenticators that ``ClerkAuthenticator/accepting(_:)`` returns. Another
    /// authenticator has its own.
    ///
    /// All times except the deadline are measured by a `MonotonicClock`. They count from the start of the call, so that an answer is never
    /// older than its time.
    public struct OpaqueTokens: Sendable, Hashable {
        /// The time for which an accepted token is remembered, at most until its own expiry; zero for none.
        ///
        /// A revoked token may still be accepted for the longer of this time and ``deadline``, since a request may also join a call that
        /// began before the revocation.
        public var timeToLive: Duration
        /// The time for which a token is refused again without a call, if the issuer does not know the token, or if the token is revoked,
        /// expired, inactive or of another kind; zero for none.
        public var negativeTimeToLive: Duration
        /// The number of accepted tokens that are remembered; 0 for none. They are remembered even after their time, since they have
        /// priority when calls run short.
        public var rememberedTokens: Int
        /// The number of refused tokens that are remembered; 0 for none. The default is larger than the number of tokens that can be
        /// refused within the default times, so that a flood pushes no token out. Beyond the number, the oldest token is removed. Refused
        /// tokens never push out accepted tokens.
        public var rememberedRefusals: Int
        /// The largest size of a remembered answer, in bytes: the bytes of its texts, and 64 for each value of its claims.
        public var maximumRememberedByteCount: Int
        /// The largest number of calls under way at a time, at least 1. A quarter of the calls is reserved for tokens that were accepted
        /// before.
        public var callsInFlight: Int
        /// The largest number of calls each second on average, at least 1.
        public var callsPerSecond: Int
        /// The largest number of calls at once after a quiet time, at least 1. A quarter of the calls is reserved for tokens that were
        /// accepted before.
        public var callBurst: Int
        /// The longest time for which a request waits for an answer, in elapsed time and at most a day. After that time the answer is 503,
        /// and the call is cancelled. A call that ignores its cancellation keeps its place until it returns.
        public var deadline: Duration

        /// Makes limits. By default accepted tokens are remembered for 5 s and other tokens for 10 s, and there are at most 32 calls at a
        /// time and 50 a second, after a burst of 100.
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
