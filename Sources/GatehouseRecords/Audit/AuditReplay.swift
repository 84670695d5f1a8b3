import GatehouseBase

/// A replay of recorded decisions by another policy.
public struct AuditReplay: Sendable {
    /// A decision that comes out otherwise by the other policy.
    public struct Change: Sendable {
        /// The record's id.
        public let id: String
        /// True if the decision was allowed.
        public let was: Bool
        /// The decision now.
        public let now: Decision
    }

    /// The number of replayed decisions.
    public private(set) var replayed = 0
    /// The number of replayed decisions that came out otherwise.
    public private(set) var changed = 0
    /// The number of decisions that cannot be replayed, by the obstacle.
    public private(set) var notReplayable: [RecordedDecision.Obstacle: Int] = [:]

    private static let maximumKnown = 65_536

    private let engine: PolicyEngine
    /// True if no assignment of the policy has a time limit.
    private let isTimeless: Bool
    /// The results by content, since many decisions answer one question again.
    private var known: [DecisionContent: ReplayedDecision] = [:]
    private var engines: [ByteText: PolicyEngine?] = [:]

    /// Begins a replay by a policy.
    public init(by engine: PolicyEngine) {
        self.engine = engine
        isTimeless = engine.policy.assignments.allSatisfy { !$0.role.dependsOnTime }
        engines[ByteText(engine.revision.text)] = .some(engine)
    }

    /// Returns the policy with a revision; `nil` if the records do not have the policy.
    public mutating func engine(of revision: String, _ rows: some AuditRows) throws -> PolicyEngine? {
        if let known = engines[ByteText(revision)] { return known }
        let engine = try rows.policy(revision: revision).flatMap { try? PolicyEngine(content: $0.content) }
        // The revision is the digest of the content: changed bytes have another revision.
        let whole = engine.flatMap { $0.revision.text.hasSameBytes(as: revision) ? $0 : nil }
        engines[ByteText(revision)] = .some(whole)
        return whole
    }

    /// Replays a page of decisions.
    ///
    /// - Returns: The decisions that came out otherwise.
    public mutating func replay(_ page: [AuditRow], _ rows: some AuditRows) throws -> [Change] {
        var changes: [Change] = []
        for row in page where row.record.type.hasSameBytes(as: AuditRecord.decision) {
            let outcome: ReplayedDecision
            let content = DecisionContent(row)
            if let known = known[content] {
                outcome = known
            } else {
                let (made, isTimeless) = try decideAgain(row, rows)
                outcome = made
                if isTimeless {
                    if known.count >= Self.maximumKnown { known = [:] }
                    known[content] = made
                }
            }
            switch outcome {
            case .obstacle(let obstacle): notReplayable[obstacle, default: 0] += 1
            case .same: replayed += 1
            case .changed(let decision):
                replayed += 1
                changed += 1
                changes.append(Change(id: row.id, was: row.record.outcome == .allowed, now: decision))
            }
        }
        return changes
    }

    /// - Returns: The result, and true if every record with this content has this result, at any time.
    private mutating func decideAgain(_ row: AuditRow, _ rows: some AuditRows) throws -> (ReplayedDecision, Bool) {
        let decision: RecordedDecision
        do throws(RecordedDecision.Obstacle) {
            decision = try RecordedDecision(row)
        } catch {
            return (.obstacle(error), false)
        }
        guard let recorded = try engine(of: decision.revision, rows) else { return (.obstacle(.unknownPolicy), false) }
        do throws(RecordedDecision.Obstacle) {
            try decision.require(decidableBy: engine, recordedFor: recorded)
        } catch {
            return (.obstacle(error), false)
        }
        let now = decision.decide(by: engine)
        let isTimeless = isTimeless && decision.check.principal.roles.allSatisfy { !$0.dependsOnTime }
        return (now.isAllowed == decision.wasAllowed ? .same : .changed(now), isTimeless)
    }
}

/// The result of a replayed decision.
private enum ReplayedDecision: Sendable {
    case same
    case changed(Decision)
    case obstacle(RecordedDecision.Obstacle)
}

/// The content of a decision's record, without the time, the place, and the revision of the membership source.
private struct DecisionContent: Hashable {
    let facts: [UInt8]
    /// The number of bytes of the facts that are compared.
    let factsCount: Int
    let personal: [UInt8]
    let user: ByteText?
    let organization: ByteText?
    let outcome: AuditRecord.Outcome

    init(_ row: AuditRow) {
        facts = row.record.facts
        factsCount = facts.countWithoutMembershipRevision
        personal = row.record.personal
        user = row.record.user.map { ByteText($0) }
        organization = row.record.organization.map { ByteText($0) }
        outcome = row.record.outcome
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.outcome == rhs.outcome && lhs.user == rhs.user && lhs.organization == rhs.organization
            && lhs.personal.hasSameBytes(as: rhs.personal, lhs.personal.count, rhs.personal.count)
            && lhs.facts.hasSameBytes(as: rhs.facts, lhs.factsCount, rhs.factsCount)
    }

    func hash(into hasher: inout Hasher) {
        // The bytes are hashed at once, since an array would hash them one by one.
        personal.withUnsafeBytes { hasher.combine(bytes: $0) }
        facts.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[..<factsCount])) }
        hasher.combine(user)
        hasher.combine(organization)
    }
}

extension [UInt8] {
    private static let membershipRevisionName = Array(",\"\(AuditRecord.membershipRevision)\":".utf8)

    /// Returns true if the first `count` bytes equal the first `otherCount` bytes of the other array.
    fileprivate func hasSameBytes(as other: [UInt8], _ count: Int, _ otherCount: Int) -> Bool {
        withUnsafeBufferPointer { mine in
            other.withUnsafeBufferPointer { theirs in
                UnsafeBufferPointer(rebasing: mine[..<count])
                    .hasSameBytes(as: UnsafeBufferPointer(rebasing: theirs[..<otherCount]))
            }
        }
    }

    /// The number of bytes of a decision's facts before `membershipRevision`, if that is the last fact. Equal roles lead to equal
    /// decisions, for every revision.
    fileprivate var countWithoutMembershipRevision: Int {
        let name = Self.membershipRevisionName
        // At most twenty digits and the end of the object follow the name.
        let latest = count - name.count - 2
        guard latest > 0 else { return count }
        for start in stride(from: latest, through: Swift.max(0, latest - 20), by: -1) where self[start] == name[0] {
            guard self[start...].starts(with: name),
                self[(start + name.count)...].dropLast().allSatisfy({ (0x30...0x39).contains($0) })
            else { return count }
            return start
        }
        return count
    }
}

extension RoleAssignment {
    fileprivate var dependsOnTime: Bool { notBefore != nil || notAfter != nil }
}
