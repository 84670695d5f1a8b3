public import GatehouseBase

/// Something that happened, as the audit log keeps it.
///
/// What stays for good stands apart from what is about a person: ``personal`` and ``user`` can be redacted, and the chain of records
/// still verifies.
public struct AuditRecord: Sendable, Hashable {
    /// What came of something that was asked for.
    public enum Outcome: Int, Sendable, CaseIterable {
        /// Nothing was asked for.
        case none = 0
        /// It was allowed.
        case allowed = 1
        /// It was denied.
        case denied = 2
    }

    /// The type, such as `decision`, `user.created` or `sign_in.failed`.
    public var type: String
    /// When it happened, to the nanosecond.
    public var time: Timestamp
    /// What came of it.
    public var outcome: Outcome
    /// The organization in which it happened; `nil` if in none.
    public var organization: String?
    /// The request's id; `nil` if there was no request.
    public var requestID: String?
    /// The user's id; `nil` if nobody is known, or if that was redacted.
    public var user: String?
    /// Everything else that stays: a JSON object, as UTF-8.
    public var facts: [UInt8]
    /// Everything else that is about a person: a JSON object, as UTF-8; empty if there is nothing, or if that was redacted.
    public var personal: [UInt8]

    /// The type of decisions on permissions.
    public static let decision = "decision"
    /// The type of outcomes of requirements that no decision on a permission tells of, such as a refused step up.
    public static let requirement = "requirement"
    /// The types of what an authorizer decides.
    static let decided = [decision, requirement]

    /// Makes a record.
    public init(
        type: String,
        time: Timestamp,
        outcome: Outcome = .none,
        organization: String? = nil,
        requestID: String? = nil,
        user: String? = nil,
        facts: JSONValue = [:],
        personal: JSONValue = [:]
    ) {
        self.init(
            type: type,
            time: time,
            outcome: outcome,
            organization: organization,
            requestID: requestID,
            user: user,
            facts: facts.utf8,
            personal: personal.utf8
        )
    }

    /// Makes a record of JSON objects as UTF-8, as a store reads them.
    public init(
        type: String,
        time: Timestamp,
        outcome: Outcome,
        organization: String?,
        requestID: String?,
        user: String?,
        facts: [UInt8],
        personal: [UInt8]
    ) {
        self.type = type
        self.time = time
        self.outcome = outcome
        self.organization = organization
        self.requestID = requestID
        self.user = user
        self.facts = facts
        self.personal = personal
    }
}

/// A record as it stands in its chain.
public struct AuditRow: Sendable, Hashable {
    /// Its place among all records of the store, from 1, in the order in which they were written; 0 before it is written.
    public var number: Int64
    /// Whose chain it is in.
    public var writer: String
    /// Its place in the chain, from 0, without gaps.
    public var sequence: Int64
    /// The record.
    public var record: AuditRecord
    /// Random bytes that keep outsiders from guessing what was redacted; empty once it was.
    public var salt: [UInt8]
    /// SHA-256 over the salt and everything about a person.
    public var commitment: [UInt8]
    /// The hash of the record before it; of the first, 32 zeros.
    public var previous: [UInt8]
    /// The leaf hash of this record (RFC 6962 section 2.1), of which the one before is a part.
    public var hash: [UInt8]

    /// Makes a row of its columns, as a store reads them.
    public init(
        number: Int64,
        writer: String,
        sequence: Int64,
        record: AuditRecord,
        salt: [UInt8],
        commitment: [UInt8],
        previous: [UInt8],
        hash: [UInt8]
    ) {
        self.number = number
        self.writer = writer
        self.sequence = sequence
        self.record = record
        self.salt = salt
        self.commitment = commitment
        self.previous = previous
        self.hash = hash
    }

    /// The record's name: its writer and its place in the chain.
    public var id: String { "\(writer)-\(sequence)" }

    /// True if what is about a person was taken out.
    public var isRedacted: Bool { salt.isEmpty }
}
