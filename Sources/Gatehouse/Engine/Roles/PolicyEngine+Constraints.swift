extension PolicyEngine {
    /// Returns the constraints that forbid to hold all of these roles together, in the order of the policy.
    ///
    /// - Parameter authorized: The roles that are held or inherited, each once.
    func violatedConstraints(_ authorized: [Int]) -> [Constraint] {
        constraints.violated(by: authorized).map { policy.constraints[$0] }
    }

    /// Returns true if a constraint forbids to hold some roles together.
    func violatesConstraints(_ held: [Int]) -> Bool {
        !constraints.isEmpty && !violatedConstraints(RoleWalk(from: held, roles).reached).isEmpty
    }

    /// Returns true if a constraint forbids to hold the roles of some lists together, for each question, which are positions of lists.
    func areForbidden(_ questions: [[Int]], of lists: [[Int]]) -> [Bool] {
        guard !constraints.isEmpty else { return Array(repeating: false, count: questions.count) }
        let efforts = self.efforts
        let lengths = lists.map { $0.reduce(0) { min($0 + efforts[$1], Self.maximumEffort) } }
        let effort = questions.reduce(0) { $0 + $1.reduce(0) { $0 + lengths[$1] } }
        return effort <= 64 * (roles.count + questions.count)
            ? questions.map { question in violatesConstraints(question.flatMap { lists[$0] }) }
            : areForbiddenInPasses(questions, of: lists)
    }

    /// The limit at which sums of efforts are cut, so that they do not overflow.
    private static let maximumEffort = 1 << 32

    /// At most so many steps does it take to find what each role inherits, and to count it.
    private var efforts: [Int] {
        var efforts = Array(repeating: 0, count: roles.count)
        for role in inheritedFirst {
            let own = 1 + constraints.count(naming: role)
            efforts[role] = roles[role].inherits.reduce(own) { min($0 + efforts[$1], Self.maximumEffort) }
        }
        return efforts
    }

    /// Answers all questions in passes, each over all roles for 64 that constraints name: what the lists inherit may be far more than they
    /// are.
    private func areForbiddenInPasses(_ questions: [[Int]], of lists: [[Int]]) -> [Bool] {
        var isForbidden = Array(repeating: false, count: questions.count)
        let index = RoleIndex(policy.roles)
        let graph = RoleGraph(policy.roles, index)
        var reach = Reach(graph)
        for group in ConstraintGroup.groups(of: policy, [.static, .dynamic], index, graph) {
            /// The counts of a constraint that fills several words.
            var totals = Array(repeating: 0, count: group.words.count > 1 ? questions.count : 0)
            for word in group.words {
                reach.spread(word.roles.enumerated().map { ($1, 1 << UInt64($0)) }, through: graph.count - 1)
                let masks = lists.map { $0.reduce(0) { $0 | reach[graph.numbers[$1]] } }
                for (position, question) in questions.enumerated() where !isForbidden[position] {
                    let reached = question.reduce(0) { $0 | masks[$1] }
                    if reached == 0 { continue }
                    if totals.isEmpty {
                        isForbidden[position] = zip(word.members, group.limits).contains {
                            (reached & $0).nonzeroBitCount > $1
                        }
                    } else {
                        totals[position] += reached.nonzeroBitCount
                    }
                }
            }
            for (position, total) in totals.enumerated() where total > group.limits[0] { isForbidden[position] = true }
        }
        return isForbidden
    }
}
