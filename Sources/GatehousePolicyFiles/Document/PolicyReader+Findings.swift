#if PolicyFiles
import Gatehouse

/// The findings about a document that could be read.
extension PolicyReader {
    /// Returns all findings, sorted by position.
    ///
    /// If a part could not be read, the policy's own findings about that part are left out, since the reason is already a finding. Warnings
    /// are left out then, too.
    func allFindings() -> [Finding] {
        let semantic = findings.isEmpty ? policy.findings() : errorsOfReadParts
        return (findings + semantic.compactMap(placed)).sortedByPlace()
    }

    private func placed(_ finding: Finding) -> Finding? {
        guard let location = finding.location else { return finding }
        guard let position = positions[location] else { return findings.isEmpty ? finding : nil }
        var finding = finding
        finding.position = position
        return finding
    }

    private var errorsOfReadParts: [Finding] {
        policy.findings().filter { $0.severity == .error && $0.code != .constraintViolated } + violationsOfReadParts
    }

    /// The constraint violations among the assignments and constraints that could be read.
    private var violationsOfReadParts: [Finding] {
        let assignments = policy.assignments.indices.filter { !unreadAssignments.contains($0) }
        var readable = policy
        readable.rules = []
        readable.constraints = policy.constraints.indices.filter { !unreadConstraints.contains($0) }
            .map { policy.constraints[$0] }
        readable.assignments = assignments.map { policy.assignments[$0] }
        return readable.findings().compactMap { finding in
            guard finding.code == .constraintViolated, case .assignment(let place, let member) = finding.location else {
                return nil
            }
            var finding = finding
            finding.location = .assignment(assignments[place], member)
            return finding
        }
    }
}

extension [Finding] {
    /// Returns the findings by line and column. Findings at one position keep their order.
    func sortedByPlace() -> Self {
        let start = SourcePosition(line: 1, column: 1)
        return enumerated()
            .sorted { ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset) }
            .map(\.element)
    }
}
#endif
