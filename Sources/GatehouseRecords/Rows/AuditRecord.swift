public import GatehouseBase

/// An event in the audit log.
///
/// Personal data are separate: ``personal`` and ``user`` can be redacted, and the chain of records can still be verified.
public struct AuditRecord: Sendable, Hashable {
    /// The outcome of an event.
    public enum Outcome: Int, Sendable, CaseIterable {
        /// The event had no question.
        case none = 0
        /// The event was allowed.
        case allowed = 1
        /// The event was denied.
        case denied = 2
    }

    /// The type, such as `decision`, `user.created` or `sign_in.failed`.
    public var type: String
    /// The time of the event, to the nanosecond.
    public var time: Timestamp
    /// The outcome.
    public var outcome: Outcome
    /// The organization of the event; `nil` if there is none.
    public var organization: String?
    /// The request's id; `nil` if there was no request.
    public var requestID: String?
    /// The user's id; `nil` if unknown or redacted.
    public var user: String?
    /// The other facts, which are never removed: a JSON object in UTF-8.
    public var facts: [UInt8]
    /// The other personal data: a JSON object in UTF-8; empty if there are none, or if they were redacted.
    public var personal: [UInt8]

    /// The type of decisions on permissions.
    public static let decision = "decision"
    /// The type of outcomes of requirements without a decision on a permission, such as a refused step up.
    public static let requirement = "requirement"
    /// The types of an authorizer's decisions.
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

/// A record with its place in the chain.
public struct AuditRow: Sendable, Hashable {
    /// The record's number among all records of the store, from 1, in the order of writing; 0 before it is written.
    public var number: Int64
    /// The writer of the chain.
    public var writer: String
    /// The record's place in the chain, from 0, without gaps.
    public var sequence: Int64
    /// The record.
    public var record: AuditRecord
    /// The random bytes that keep outsiders from guessing redacted data; empty after a redaction.
    public var salt: [UInt8]
    /// The SHA-256 of the salt and the personal data.
    public var commitment: [UInt8]
    /// The hash of the record before; of the first record 32 zeros.
    public var previous: [UInt8]
    /// The leaf hash of this record (RFC 6962 section 2.1), which covers the hash before.
    public var hash: [UInt8]

    /// Makes a row from the columns that a store reads.
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

    /// True if the personal data were removed.
    public var isRedacted: Bool { salt.isEmpty }
}
