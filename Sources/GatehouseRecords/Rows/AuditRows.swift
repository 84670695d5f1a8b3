public import GatehouseBase

/// Where a chain stands.
public struct AuditHead: Sendable, Hashable {
    /// Whose chain it is.
    public var writer: String
    /// The hash of the last record; of an empty chain, 32 zeros.
    public var hash: [UInt8]
    /// The tree over all records.
    public var tree: MerkleFrontier
    /// Where the records begin that are still there: those before were sealed and removed.
    public var sealed: AuditSeal?

    /// Makes a head.
    public init(writer: String, hash: [UInt8], tree: MerkleFrontier, sealed: AuditSeal? = nil) {
        self.writer = writer
        self.hash = hash
        self.tree = tree
        self.sealed = sealed
    }

    /// The hash that stands before the first record.
    static let start = [UInt8](repeating: 0, count: MerkleFrontier.hashByteCount)

    /// The head of an empty chain.
    public init(writer: String) {
        self.init(writer: writer, hash: Self.start, tree: MerkleFrontier())
    }

    /// How many records the chain has.
    public var size: Int64 { tree.size }
}

/// What stands for records that were removed when their time was over.
public struct AuditSeal: Sendable, Hashable {
    /// The hash of the last of them.
    public var hash: [UInt8]
    /// The tree over them.
    public var tree: MerkleFrontier

    /// Makes a seal.
    public init(hash: [UInt8], tree: MerkleFrontier) {
        self.hash = hash
        self.tree = tree
    }
}

/// Which records to read. Everything that is given has to fit.
public struct AuditQuery: Sendable, Hashable {
    /// From this time on, that instant included.
    public var since: Timestamp?
    /// Up to this time, without that instant.
    public var until: Timestamp?
    /// Of one of these types; empty: of any.
    public var types: [String]
    /// Of this user.
    public var user: String?
    /// In this organization.
    public var organization: String?
    /// With this outcome.
    public var outcome: AuditRecord.Outcome?
    /// Of this request.
    public var requestID: String?

    /// Makes a query; without anything, for all records.
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

/// How many records there are of a type, by what came of them.
public struct AuditCount: Sendable, Hashable {
    /// The type.
    public var type: String
    /// The outcome.
    public var outcome: AuditRecord.Outcome
    /// How many.
    public var count: Int

    /// Makes a count.
    public init(type: String, outcome: AuditRecord.Outcome, count: Int) {
        self.type = type
        self.outcome = outcome
        self.count = count
    }
}

/// A policy as it was in force, so that decisions can be made again.
public struct StoredPolicy: Sendable, Hashable {
    /// The policy's revision.
    public var revision: String
    /// The policy, whole: its SHA-256 is the revision.
    public var content: [UInt8]
    /// When it came into force.
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
    /// Where a chain stands; `nil` if there is none.
    func auditHead(of writer: String) throws -> AuditHead?
    /// Writes where a chain stands.
    func setAuditHead(_ head: AuditHead) throws
    /// The chains that there are, by the bytes of their names.
    func auditWriters() throws -> [String]

    /// Writes a record.
    func insert(_ row: AuditRow) throws
    /// Records in the order in which they were written.
    ///
    /// - Parameters:
    ///   - query: The conditions that a record has to meet.
    ///   - number: Only those after this one.
    ///   - limit: The greatest number of records.
    func auditRows(_ query: AuditQuery, after number: Int64, limit: Int) throws -> [AuditRow]
    /// The last records that fit, in the order in which they were written.
    func latestAuditRows(_ query: AuditQuery, limit: Int) throws -> [AuditRow]
    /// The records of a chain from a place on, in the order of their places; also where several claim the same.
    func auditRows(of writer: String, from sequence: Int64, afterNumber: Int64, limit: Int) throws -> [AuditRow]
    /// How many records fit, by type and outcome.
    func auditCounts(_ query: AuditQuery) throws -> [AuditCount]
    /// Takes out what is about a person.
    func redact(number: Int64) throws
    /// Removes the records of a chain before a place.
    func removeAuditRows(of writer: String, before sequence: Int64) throws

    /// Keeps a signed checkpoint of a chain.
    func addCheckpoint(_ note: String, writer: String, size: Int64) throws
    /// The checkpoints of a chain by their sizes, as signed notes.
    func checkpoints(of writer: String) throws -> [String]

    /// Keeps a policy, unless it is the last one that was kept.
    func addPolicy(_ policy: StoredPolicy) throws
    /// A policy by its revision.
    func policy(revision: String) throws -> StoredPolicy?
    /// The policy that was in force at a time: the last one that came into force until then.
    func policy(at time: Timestamp) throws -> StoredPolicy?
}
