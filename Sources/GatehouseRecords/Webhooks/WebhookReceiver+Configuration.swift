extension WebhookReceiver {
    /// The settings of a receiver.
    public struct Configuration: Sendable {
        /// The most bytes of a body.
        public var maximumBodyByteCount: Int
        /// When handlers that failed are run again.
        public var retry: RetrySchedule
        /// How long handlers may run until others take it that they have ended.
        public var lease: Duration
        /// How long webhooks that are done are known, so that they take no effect again; at least seven days.
        public var retention: Duration
        /// The greatest number of webhooks in one transaction.
        public var batch: Int

        /// Makes a configuration.
        public init(
            maximumBodyByteCount: Int = 1 << 20,
            retry: RetrySchedule = RetrySchedule(),
            lease: Duration = .seconds(60),
            retention: Duration = .seconds(30 * 86_400),
            batch: Int = 64
        ) {
            self.maximumBodyByteCount = maximumBodyByteCount
            self.retry = retry
            self.lease = lease
            self.retention = max(retention, .seconds(7 * 86_400))
            self.batch = max(1, batch)
        }
    }
}
