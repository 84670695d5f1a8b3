public import GatehouseBase

/// The head of a chain.
public struct AuditHead: Sendable, Hashable {
    /// The writer of the chain.
    public var writer: String
    /// The hash of the last record; of an empty chain, 32 zeros.
    public var hash: [UInt8]
    /// The tree over all records.
    public var tree: MerkleFrontier
    /// The seal of the removed records; `nil` if none were removed.
    public var sealed: AuditSeal?

    /// Makes a head.
    public init(writer: String, hash: [UInt8], tree: MerkleFrontier, sealed: AuditSeal? = nil) {
        self.writer = writer
        self.hash = hash
        self.tree = tree
        self.sealed = sealed
    }

    /// The hash before the first record.
    static let start = [UInt8](repeating: 0, count: MerkleFrontier.hashByteCount)

    /// Makes the head of an empty chain.
    public init(writer: String) {
        self.init(writer: writer, hash: Self.start, tree: MerkleFrontier())
    }

    /// The number of records in the chain.
    public var size: Int64 { tree.size }
}

/// The seal of records that were removed after their retention.
public struct AuditSeal: Sendable, Hashable {
    /// The hash of the last removed record.
    public var hash: [UInt8]
    /// The tree over the removed records.
    public var tree: MerkleFrontier

    /// Makes a seal.
    public init(hash: [UInt8], tree: MerkleFrontier) {
        self.hash = hash
        self.tree = tree
    }
}

/// A query for records. A record must meet all conditions.
public struct AuditQuery: Sendable, Hashable {
    /// The earliest time, included; `nil` for no limit.
    public var since: Timestamp?
    /// The latest time, excluded; `nil` for no limit.
    public var until: Timestamp?
    /// The types; empty for any.
    public var types: [String]
    /// The user's id; `nil` for any.
    public var user: String?
    /// The organization's id; `nil` for any.
    public var organization: String?
    /// The outcome; `nil` for any.
    public var outcome: AuditRecord.Outcome?
    /// The request's id; `nil` for any.
    public var requestID: String?

    /// Makes a query; without conditions, for all records.
    public init(
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        types: [String] = [],
        user: String? = nil,
        organization: String? = nil,
        outcome: AuditRecord.Outcome? = nil,
        requestID: String? = nil
    ) {
        self.since = since
        self.until = until
        self.types = types
        self.user = user
        self.organization = organization
        self.outcome = outcome
        self.requestID = requestID
    }
}

/// The number of records of a type and an outcome.
public struct AuditCount: Sendable, Hashable {
    /// The type.
    public var type: String
    /// The outcome.
    public var outcome: AuditRecord.Outcome
    /// The number of records.
    public var count: Int

    /// Makes a count.
    public init(type: String, outcome: AuditRecord.Outcome, count: Int) {
        self.type = type
        self.outcome = outcome
        self.count = count
    }
}

/// A policy that was in force. It is stored so that its decisions can be replayed.
public struct StoredPolicy: Sendable, Hashable {
    /// The policy's revision.
    public var revision: String
    /// The whole policy, whose SHA-256 is the revision.
    public var content: [UInt8]
    /// The time from which on the policy was in force.
    public var since: Timestamp

    /// Makes a stored policy.
    public init(revision: String, content: [UInt8], since: Timestamp) {
        self.revision = revision
        self.content = content
        self.since = since
    }
}

/// The rows of the audit log. Only ``AuditLog`` writes them.
public protocol AuditRows {
    /// Returns the head of a chain; `nil` if there is no chain.
    func auditHead(of writer: String) throws -> AuditHead?
    /// Writes the head of a chain.
    func setAuditHead(_ head: AuditHead) throws
    /// Returns the writers of all chains, sorted by the bytes of their names.
    func auditWriters() throws -> [String]

    /// Writes a record.
    func insert(_ row: AuditRow) throws
    /// Returns records in the order of writing.
    ///
    /// - Parameters:
    ///   - query: The conditions that a record has to meet.
    ///   - number: The number before the first record.
    ///   - limit: The largest number of records.
    func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow]
    /// Returns the last records that fit, in the order of writing.
    func latestAuditRows(_ query: AuditQuery, limit: Int) throws -> [AuditRow]
    /// Returns the records of a chain from a place on, in the order of their places, even if several records claim one place.
    func auditRows(of writer: String, from sequence: Int64, afterNumber: Int64, limit: Int) throws -> [AuditRow]
    /// Returns the numbers of records that fit, by type and outcome.
    func auditCounts(_ query: AuditQuery) throws -> [AuditCount]
    /// Removes the personal data of a record.
    func redact(number: Int64) throws
    /// Removes the records of a chain before a place.
    func removeAuditRows(of writer: String, before sequence: Int64) throws

    /// Stores a signed checkpoint of a chain.
    func addCheckpoint(_ note: String, writer: String, size: Int64) throws
    /// Returns the checkpoints of a chain by their sizes, as signed notes.
    func checkpoints(of writer: String) throws -> [String]

    /// Stores a policy, unless it is the last stored policy.
    func addPolicy(_ policy: StoredPolicy) throws
    /// Returns the policy with a revision; `nil` if there is none.
    func policy(revision: String) throws -> StoredPolicy?
    /// Returns the policy that was in force at a time: the last policy that came into force until then.
    func policy(at time: Timestamp) throws -> StoredPolicy?
}
