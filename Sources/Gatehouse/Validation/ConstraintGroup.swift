/// Constraints whose roles share one word of 64 roles, or one constraint that fills several words.
struct ConstraintGroup {
    /// Up to 64 roles of constraints, by their numbers.
    struct Word {
        var roles: [Int] = []
        /// The bits of each member of the group among them.
        var members: [UInt64] = []
    }

    /// The positions of the constraints in the policy.
    var constraints: [Int] = []
    /// The number of roles that each allows.
    var limits: [Int] = []
    var words: [Word] = []

    /// Returns the constraints of some kinds that can be counted, in the order of the policy.
    static func groups(
        of policy: Policy,
        _ kinds: Set<Constraint.Kind>,
        _ roles: RoleIndex,
        _ graph: RoleGraph
    ) -> [ConstraintGroup] {
        var groups: [ConstraintGroup] = []
        for (position, constraint) in policy.constraints.enumerated() {
            guard kinds.contains(constraint.kind), constraint.hasMeaningfulLimit else { continue }
            var seen: Set<Int> = []
            let numbers = constraint.roles.compactMap { roles[$0].map { graph.numbers[$0] } }
                .filter { seen.insert($0).inserted }
            let isRoom = groups.last.map { $0.words.count == 1 && $0.words[0].roles.count + numbers.count <= 64 }
            if isRoom != true { groups.append(ConstraintGroup()) }
            groups[groups.count - 1].add(position, numbers, constraint.limit)
        }
        return groups
    }

    private mutating func add(_ constraint: Int, _ roles: [Int], _ limit: Int) {
        constraints.append(constraint)
        limits.append(limit)
        if words.isEmpty { words = Array(repeating: Word(), count: (roles.count + 63) / 64) }
        for (index, word) in words.indices.enumerated() {
            let part = roles.dropFirst(index * 64).prefix(64)
            let first = words[word].roles.count
            words[word].roles += part
            words[word].members.append(part.indices.reduce(0) { $0 | 1 << UInt64(first + $1 - part.startIndex) })
        }
    }
}
