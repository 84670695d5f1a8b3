import GatehouseBase

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
    /// Every grant that is a reason of an allowed decision counts as used, so that without the others all of them stay allowed. Of a
    /// decision that cannot be made again, as who asked was redacted, the reasons of then count.
    public mutating func count(_ page: [AuditRow]) {
        for row in page where row.record.outcome == .allowed {
            guard let decision = try? RecordedDecision(row) else {
                used.formUnion(row.recordedGrants)
                continue
            }
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

extension AuditRow {
    /// The grants that a decision rested on when it was made, as roles and patterns.
    fileprivate var recordedGrants: [[ByteText]] {
        guard case .array(let reasons) = JSONValue(utf8: record.facts)?["reasons"] else { return [] }
        return reasons.compactMap { reason in
            guard reason["kind"] == "grant", let role = reason["role"]?.string, let pattern = reason["pattern"]?.string
            else { return nil }
            return [ByteText(role), ByteText(pattern)]
        }
    }
}
