extension WebhookReceiver {
    /// The settings of a receiver.
    public struct Configuration: Sendable {
        /// The most bytes of a body.
        public var maximumBodyByteCount: Int
        /// The schedule by which handlers that failed run again.
        public var retry: RetrySchedule
        /// The time after which running handlers count as ended.
        public var lease: Duration
        /// The time for which webhooks that are done are remembered, so that they take no effect again; at least seven days.
        public var retention: Duration
        /// The largest number of webhooks in one transaction.
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
