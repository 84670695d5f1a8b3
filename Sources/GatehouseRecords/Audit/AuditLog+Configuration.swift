extension AuditLog {
    /// The settings of an audit log.
    public struct Configuration: Sendable {
        /// The answer to a new record when as many wait as may.
        public enum WhenFull: String, Sendable, CaseIterable {
            /// Help to write until there is room; refuse where the store takes nothing.
            case wait
            /// Refuse at once: the decision is not given (503).
            case refuse
        }

        /// Which part of the allowed decisions is kept, from 0 to 1. Everything else is always kept.
        public var allows: Double
        /// The answer to a new record when as many wait as may.
        public var whenFull: WhenFull
        /// Whether whoever appends waits until the record is durable. Else it is within 100 ms.
        public var durable: Bool
        /// How many records may wait.
        public var capacity: Int
        /// How many records share a transaction.
        public var batch: Int
        /// How many records lie between two signed checkpoints; each run also ends with one.
        public var checkpointInterval: Int
        /// How long records are kept; `nil` for ever.
        public var retention: Duration?
        /// The types of records that are also sent to a compliance endpoint, by a ``ComplianceSender``.
        public var complianceTypes: [String]

        /// Makes a configuration.
        public init(
            allows: Double = 1,
            whenFull: WhenFull = .wait,
            durable: Bool = false,
            capacity: Int = 10_000,
            batch: Int = 256,
            checkpointInterval: Int = 1_000,
            retention: Duration? = nil,
            compliance: ComplianceEndpoint? = nil
        ) {
            self.allows = allows
            self.whenFull = whenFull
            self.durable = durable
            self.capacity = max(1, capacity)
            self.batch = max(1, batch)
            self.checkpointInterval = max(1, checkpointInterval)
            self.retention = retention
            complianceTypes = compliance?.types ?? []
        }
    }
}
