#if Server
import Gatehouse

/// The policies that test documents name, and their coverage by the tests. Each policy is read once.
struct TestedPolicies {
    private var engines: [ByteText: PolicyEngine] = [:]
    private var coverages: [ByteText: PolicyCoverage] = [:]

    /// Reads the policies.
    ///
    /// - Throws: ``CommandFailure`` with all findings if policies have errors.
    init(of files: [PolicyTestFile]) throws(CommandFailure) {
        var isSeen: Set<ByteText> = []
        let distinct = files.filter { isSeen.insert($0.policyFile).inserted }
        let read = try distinct.mapEach { (file) throws(CommandFailure) in try PolicyEngine.reading(file.policyPath) }
        for (file, engine) in zip(distinct, read) {
            engines[file.policyFile] = engine
            coverages[file.policyFile] = PolicyCoverage(of: engine.policy)
        }
    }

    /// Answers a test's check, and counts the rules and grants that determined the answer.
    mutating func decide(_ check: AccessCheck, by file: PolicyTestFile) throws(CommandFailure) -> Decision {
        guard let engine = engines[file.policyFile] else { throw CommandFailure("\(file.policyPath): it was not read") }
        let decision = engine.decide(check)
        coverages[file.policyFile]?.record(decision)
        return decision
    }

    /// The total coverage of all policies, by the contract's names.
    var coverage: [(name: String, count: PolicyCoverage.Count)] {
        func sum(_ count: (PolicyCoverage) -> PolicyCoverage.Count) -> PolicyCoverage.Count {
            coverages.values.map(count).reduce(PolicyCoverage.Count(covered: 0, total: 0), +)
        }
        return [("grants", sum(\.ofGrants)), ("denies", sum(\.ofDenials)), ("rules", sum(\.ofRules))]
    }
}
#endif
