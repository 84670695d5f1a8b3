extension ClerkClient {
    /// The settings of a client.
    public struct Configuration: Sendable {
        /// The address of the API, without version.
        public var address: String
        /// The part between the address and the path of an operation.
        public var pathPrefix: String
        /// The prefix like ``pathPrefix`` for tokens of machines, API keys and OAuth access tokens: Clerk's own SDKs send these without a version.
        public var machinePathPrefix: String
        /// The version of the API (`Clerk-API-Version`), by date.
        public var apiVersion: String
        /// The longest time of a call, with every wait and every attempt.
        public var deadline: Duration
        /// The largest number of attempts to send a request.
        public var maximumAttempts: Int
        /// The largest number of bytes in an answer.
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

    /// The limits of a client's requests. A further request waits for its turn, and fails if its turn comes after its deadline.
    public struct Limits: Sendable, Hashable {
        /// The largest number of requests under way at a time.
        public var concurrentRequests: Int
        /// The largest number of requests sent each second in the long run.
        public var requestsPerSecond: Int
        /// The largest number of requests sent at once after a pause.
        public var burst: Int

        /// Makes limits.
        public init(concurrentRequests: Int, requestsPerSecond: Int, burst: Int) {
            self.concurrentRequests = concurrentRequests
            self.requestsPerSecond = requestsPerSecond
            self.burst = burst
        }

        /// The limits of a production instance: at most 900 requests in any 10 seconds, where Clerk allows 1,000.
        public static let production = Limits(concurrentRequests: 32, requestsPerSecond: 80, burst: 100)
        /// The limits of a development instance: at most 90 requests in any 10 seconds, where Clerk allows 100.
        public static let development = Limits(concurrentRequests: 8, requestsPerSecond: 7, burst: 20)
    }
}
