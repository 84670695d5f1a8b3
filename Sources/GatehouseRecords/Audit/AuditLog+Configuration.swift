extension AuditLog {
    /// The settings of an audit log.
    public struct Configuration: Sendable {
        /// The answer to a new record while the queue is full.
        public enum WhenFull: String, Sendable, CaseIterable {
            /// The caller helps to write until there is room, and is refused if the store takes nothing.
            case wait
            /// The caller is refused at once: the decision is not given (503).
            case refuse
        }

        /// The part of the allowed decisions that is kept, from 0 to 1. All other records are always kept.
        public var allows: Double
        /// The answer to a new record while the queue is full.
        public var whenFull: WhenFull
        /// True if an append waits until its record is durable; false if the record becomes durable within 100 ms.
        public var durable: Bool
        /// The largest number of waiting records.
        public var capacity: Int
        /// The largest number of records in one transaction.
        public var batch: Int
        /// The number of records between two signed checkpoints; each run also ends with a checkpoint.
        public var checkpointInterval: Int
        /// The time for which records are kept; `nil` for ever.
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
