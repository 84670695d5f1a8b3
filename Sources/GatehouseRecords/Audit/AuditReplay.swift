public import GatehouseBase

/// Recorded decisions, made again by another policy.
public struct AuditReplay: Sendable {
    /// A decision that the other policy makes otherwise.
    public struct Change: Sendable {
        /// The record's name.
        public let id: String
        /// Whether it was allowed.
        public let was: Bool
        /// The decision now.
        public let now: Decision
    }

    /// How many were made again.
    public private(set) var replayed = 0
    /// How many of these came out otherwise.
    public private(set) var changed = 0
    /// How many could not be made again, and why.
    public private(set) var notReplayable: [RecordedDecision.Obstacle: Int] = [:]

    private static let maximumKnown = 65_536

    private let engine: PolicyEngine
    /// Whether the policy itself gives nobody a role for a time.
    private let isTimeless: Bool
    /// Many decisions are the same question again.
    private var known: [DecisionContent: ReplayedDecision] = [:]
    private var engines: [ByteText: PolicyEngine?] = [:]

    /// Begins a replay by a policy.
    public init(by engine: PolicyEngine) {
        self.engine = engine
        isTimeless = engine.policy.assignments.allSatisfy { !$0.role.dependsOnTime }
        engines[ByteText(engine.revision.text)] = .some(engine)
    }

    /// The policy that was in force under a revision; `nil` if the records do not have it.
    public mutating func engine(of revision: String, _ rows: some AuditRows) throws -> PolicyEngine? {
        if let known = engines[ByteText(revision)] { return known }
        let engine = try rows.policy(revision: revision).flatMap { try? PolicyEngine(content: $0.content) }
        // The revision is the digest of the content: bytes that were changed are another policy's.
        let whole = engine.flatMap { $0.revision.text.hasSameBytes(as: revision) ? $0 : nil }
        engines[ByteText(revision)] = .some(whole)
        return whole
    }

    /// Makes a page of decisions again.
    ///
    /// - Returns: Those that came out otherwise.
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

    /// - Returns: What came of it, and whether the same comes of every record with the same content, whatever its time.
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

/// What came of a decision that was made again.
private enum ReplayedDecision: Sendable {
    case same
    case changed(Decision)
    case obstacle(RecordedDecision.Obstacle)
}

/// Everything in a record of a decision but its time and its place.
private struct DecisionContent: Hashable {
    let facts: [UInt8]
    let personal: [UInt8]
    let user: ByteText?
    let organization: ByteText?
    let outcome: AuditRecord.Outcome

    init(_ row: AuditRow) {
        facts = row.record.facts
        personal = row.record.personal
        user = row.record.user.map { ByteText($0) }
        organization = row.record.organization.map { ByteText($0) }
        outcome = row.record.outcome
    }
}

extension RoleAssignment {
    fileprivate var dependsOnTime: Bool { notBefore != nil || notAfter != nil }
}

/// The grants of a policy that no allowed decision needed.
public struct UnusedGrants: Sendable {
    /// A grant.
    public struct Grant: Sendable, Hashable {
        /// The role that has it.
        public let role: String
        /// The pattern.
        public let pattern: String
    }

    private let engine: PolicyEngine
    private var used: Set<[ByteText]> = []

    /// Begins with a policy of which nothing is used.
    public init(of engine: PolicyEngine) {
        self.engine = engine
    }

    /// Counts what recorded decisions that were allowed rest on. A denial is no use.
    ///
    /// Every grant that is a reason of an allowed decision counts as used, so that without the others all of them stay allowed.
    public mutating func count(_ page: [AuditRow]) {
        for row in page where row.record.outcome == .allowed {
            guard let decision = try? RecordedDecision(row) else { continue }
            for reason in decision.decide(by: engine).reasons {
                if case .grant(let role, let pattern, _) = reason { used.insert([ByteText(role), ByteText(pattern)]) }
            }
        }
    }

    /// The grants that none of them rests on, in the order of the policy.
    public var grants: [Grant] {
        engine.policy.roles.flatMap { role in
            role.grants.filter { !used.contains([ByteText(role.name), ByteText($0)]) }
                .map { Grant(role: role.name, pattern: $0) }
        }
    }
}

extension RecordTransaction {
    /// Who had a permission at a time, by the policy that was in force and the roles that were held then.
    ///
    /// - Returns: The holders; `nil` if no policy of then is among the records.
    public func whoCould(_ permission: Permission, at time: Timestamp, issuer: String) throws -> [PolicyEngine.Holder]?
    {
        guard let stored = try policy(at: time), let engine = try? PolicyEngine(content: stored.content) else {
            return nil
        }
        var policy = engine.policy
        policy.assignments += try holdings(issuer: issuer, at: time).compactMap { holding in
            // Roles that the policy does not define give nothing, and would make it unsound.
            guard engine.unknownNames(roles: [holding.role.role]).isEmpty else { return nil }
            return Assignment(holding.role, to: holding.member.user, in: holding.member.organization)
        }
        // Static constraints judge a document's assignments; those of then are facts.
        policy.constraints = policy.constraints.filter { $0.kind != .static }
        guard let then = try? PolicyEngine(policy) else { return nil }
        return then.whoCan(permission, at: time)
    }

}

extension AuditRows {
    /// The decisions of a record's id or a request's.
    public func decisions(named id: String) throws -> [AuditRow] {
        let query = AuditQuery(types: [AuditRecord.decision], requestID: id)
        let ofRequest = try auditRows(query, after: 0, limit: 1_000)
        if !ofRequest.isEmpty { return ofRequest }
        guard let dash = id.utf8.lastIndex(of: UInt8(ascii: "-")),
            let sequence = Int64(String(id.utf8[id.utf8.index(after: dash)...]) ?? "")
        else { return [] }
        let writer = String(id[..<dash])
        return try auditRows(of: writer, from: sequence, afterNumber: 0, limit: 1).filter { $0.sequence == sequence }
            .filter { $0.record.type.hasSameBytes(as: AuditRecord.decision) }
    }
}

extension StoredPolicy {
    /// Compiles the policy.
    ///
    /// - Throws: `PolicyError` where the content was changed.
    public func engine() throws(PolicyError) -> PolicyEngine { try PolicyEngine(content: content) }
}
