extension ClerkClient {
    /// How a client asks.
    public struct Configuration: Sendable {
        /// The address of the API, without version.
        public var address: String
        /// The part between the address and the path of an operation.
        public var pathPrefix: String
        /// As ``pathPrefix``, for tokens of machines, API keys and OAuth access tokens: Clerk's own SDKs ask for them without a version.
        public var machinePathPrefix: String
        /// The version of the API (`Clerk-API-Version`), by date.
        public var apiVersion: String
        /// How long a call may take, with every wait and every attempt.
        public var deadline: Duration
        /// How often a request is sent at most.
        public var maximumAttempts: Int
        /// How many bytes an answer may have.
        public var maximumResponseByteCount: Int
        /// The limits of requests; `nil` for ``Limits/production`` or ``Limits/development``, by the secret key.
        public var limits: Limits?

        /// Makes a configuration.
        public init(
            address: String = "https://api.clerk.com",
            pathPrefix: String = "/v1",
            machinePathPrefix: String = "",
            apiVersion: String = "2026-05-12",
            deadline: Duration = .seconds(20),
            maximumAttempts: Int = 4,
            maximumResponseByteCount: Int = 16 * 1_024 * 1_024,
            limits: Limits? = nil
        ) {
            self.address = address
            self.pathPrefix = pathPrefix
            self.machinePathPrefix = machinePathPrefix
            self.apiVersion = apiVersion
            self.deadline = deadline
            self.maximumAttempts = maximumAttempts
            self.maximumResponseByteCount = maximumResponseByteCount
            self.limits = limits
        }
    }

    /// How many requests a client sends. A request beyond waits for its turn, and fails where that comes after its deadline.
    public struct Limits: Sendable, Hashable {
        /// How many requests are under way at a time.
        public var concurrentRequests: Int
        /// How many requests are sent each second in the long run.
        public var requestsPerSecond: Int
        /// How many requests may be sent at once after a pause.
        public var burst: Int

        /// Makes limits.
        public init(concurrentRequests: Int, requestsPerSecond: Int, burst: Int) {
            self.concurrentRequests = concurrentRequests
            self.requestsPerSecond = requestsPerSecond
            self.burst = burst
        }

        /// At most 900 in any 10 seconds, where Clerk allows 1,000.
        public static let production = Limits(concurrentRequests: 32, requestsPerSecond: 80, burst: 100)
        /// At most 90 in any 10 seconds, where Clerk allows 100.
        public static let development = Limits(concurrentRequests: 8, requestsPerSecond: 7, burst: 20)
    }
}
