import GatehouseBase

/// The grants of a policy that no allowed decision needed.
public struct UnusedGrants: Sendable {
    /// A grant.
    public struct Grant: Sendable, Hashable {
        /// The role with the grant.
        public let role: String
        /// The pattern.
        public let pattern: String
    }

    private let engine: PolicyEngine
    private var used: Set<[ByteText]> = []

    /// Makes the grants of a policy, all of them unused.
    public init(of engine: PolicyEngine) {
        self.engine = engine
    }

    /// Counts the grants on which allowed decisions depend. A denial does not use a grant.
    ///
    /// Every grant among the reasons of an allowed decision counts as used: all these decisions stay allowed without the unused grants. If
    /// a decision cannot be replayed, since its principal was redacted, the recorded reasons count.
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

    /// The grants that no counted decision rests on, in the order of the policy.
    public var grants: [Grant] {
        engine.policy.roles.flatMap { role in
            role.grants.filter { !used.contains([ByteText(role.name), ByteText($0)]) }
                .map { Grant(role: role.name, pattern: $0) }
        }
    }
}

extension AuditRow {
    /// The grants on which a decision depended when it was made, as roles and patterns.
    fileprivate var recordedGrants: [[ByteText]] {
        guard case .array(let reasons) = JSONValue(utf8: record.facts)?["reasons"] else { return [] }
        return reasons.compactMap { reason in
            guard reason["kind"] == "grant", let role = reason["role"]?.string, let pattern = reason["pattern"]?.string
            else { return nil }
            return [ByteText(role), ByteText(pattern)]
        }
    }
}
