extension PolicyEngine {
    /// Returns the constraints that forbid all of these roles together, in the order of the policy.
    ///
    /// - Parameter authorized: The roles of a principal, including inherited roles, each once.
    func violatedConstraints(_ authorized: [Int]) -> [Constraint] {
        constraints.violated(by: authorized).map { policy.constraints[$0] }
    }

    /// Returns true if a constraint forbids some roles together.
    func violatesConstraints(_ held: [Int]) -> Bool {
        !constraints.isEmpty && !violatedConstraints(RoleWalk(from: held, roles).reached).isEmpty
    }

    /// Returns true for each question whose lists of roles a constraint forbids together. A question consists of positions of lists.
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

    /// The largest number of steps for finding and counting the inherited roles of each role.
    private var efforts: [Int] {
        var efforts = Array(repeating: 0, count: roles.count)
        for role in inheritedFirst {
            let own = 1 + constraints.count(naming: role)
            efforts[role] = roles[role].inherits.reduce(own) { min($0 + efforts[$1], Self.maximumEffort) }
        }
        return efforts
    }

    /// Answers all questions in passes. Each pass visits all roles for 64 roles that constraints name, since the lists may inherit far more
    /// roles than they contain.
    private func areForbiddenInPasses(_ questions: [[Int]], of lists: [[Int]]) -> [Bool] {
        var isForbidden = Array(repeating: false, count: questions.count)
        let index = RoleIndex(policy.roles)
        let graph = RoleGraph(policy.roles, index)
        var reach = Reach(graph)
        for group in ConstraintGroup.groups(of: policy, [.static, .dynamic], index, graph) {
            // The totals are counted only for a constraint that fills several words.
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
