/// A search for the assignments that bring somebody over the limit of a constraint, counted over authorized roles.
///
/// The roles of constraints are passed on in words of 64. The number of held roles only grows from one assignment to the next, so a binary
/// search finds the first assignment that is too many.
struct SeparationOfDuty {
    /// A holder of more roles of a constraint than it allows.
    struct Breach {
        var context: Int
        /// The position of the constraint in its group.
        var member: Int
        /// The range of positions in which the first assignment that is too many is sought.
        var low: Int
        var high: Int
        /// The number of roles by the assignments up to the position in question.
        var count = 0
        /// Some of the roles, by their numbers.
        var roles: [Int] = []
    }

    /// The number of roles that a breach names.
    private static let namedRoles = 8

    private let assigned: NumberedAssignments
    private let furthest: Int
    private var reach: Reach
    /// The roles of each principal in every organization, from its assignments up to each position.
    private var everywhere: [UInt64]
    /// The roles in each context, in the order of ``NumberedAssignments/byContext``.
    private var here: [UInt64]

    init(_ assigned: NumberedAssignments, _ graph: RoleGraph) {
        self.assigned = assigned
        furthest = assigned.roles.max() ?? 0
        reach = Reach(graph)
        everywhere = Array(repeating: 0, count: assigned.roles.count)
        here = everywhere
    }

    /// Returns the breaches of the group's constraints, each at the first assignment that is too many; at most `maximum`.
    mutating func breaches(of group: ConstraintGroup, atMost maximum: Int) -> [Breach] {
        var breaches = candidates(of: group, atMost: maximum)
        while true {
            let open = breaches.indices.filter { breaches[$0].low < breaches[$0].high }
            if open.isEmpty { break }
            var asked = open.map { breaches[$0] }
            count(&asked, group) { ($0.low + $0.high) / 2 }
            for (index, answer) in zip(open, asked) {
                let middle = (answer.low + answer.high) / 2
                let isTooMany = answer.count > group.limits[answer.member]
                if isTooMany { breaches[index].high = middle } else { breaches[index].low = middle + 1 }
            }
        }
        count(&breaches, group, at: \.low)
        return breaches
    }

    /// Returns the breaches with all assignments, each of one constraint.
    private mutating func candidates(of group: ConstraintGroup, atMost maximum: Int) -> [Breach] {
        var found: [Breach] = []
        /// The counts for a constraint that fills several words.
        var totals = Array(repeating: 0, count: group.words.count > 1 ? assigned.contexts.count : 0)
        for word in group.words {
            load(word)
            for context in assigned.contexts.indices where found.count < maximum {
                if context == assigned.contexts[context].first { gather(assigned.contexts[context].positions) }
                let held = everywhere[assigned.contexts[context].positions.upperBound - 1] | all(in: context)
                if held == 0 { continue }
                if totals.isEmpty {
                    for (member, bits) in word.members.enumerated()
                    where (held & bits).nonzeroBitCount > group.limits[member] {
                        found.append(breach(context, member))
                    }
                } else {
                    totals[context] += held.nonzeroBitCount
                }
            }
        }
        for (context, total) in totals.enumerated() where total > group.limits[0] && found.count < maximum {
            found.append(breach(context, 0))
        }
        return found
    }

    private func breach(_ context: Int, _ member: Int) -> Breach {
        let positions = assigned.contexts[context].positions
        return Breach(context: context, member: member, low: positions.lowerBound, high: positions.upperBound - 1)
    }

    /// Counts for each breach the roles of its constraint from the assignments up to a position.
    private mutating func count(_ breaches: inout [Breach], _ group: ConstraintGroup, at position: (Breach) -> Int) {
        for index in breaches.indices {
            breaches[index].count = 0
            breaches[index].roles = []
        }
        for word in group.words {
            // A single word is loaded, and everything gathered, since the candidates were sought.
            let isLoaded = group.words.count == 1
            if !isLoaded { load(word) }
            var gathered: Int?
            for index in breaches.indices {
                let context = assigned.contexts[breaches[index].context]
                if !isLoaded, gathered != context.first { gather(context.positions) }
                gathered = context.first
                var held = held(in: breaches[index].context, upTo: position(breaches[index]))
                held &= word.members[breaches[index].member]
                breaches[index].count += held.nonzeroBitCount
                while held != 0, breaches[index].roles.count < Self.namedRoles {
                    breaches[index].roles.append(word.roles[held.trailingZeroBitCount])
                    held &= held &- 1
                }
            }
        }
    }

    private mutating func load(_ word: ConstraintGroup.Word) {
        reach.spread(word.roles.enumerated().map { (role: $1, bits: 1 << UInt64($0)) }, through: furthest)
    }

    /// Gathers the roles from a principal's assignments: those without an organization, and those of each context.
    private mutating func gather(_ positions: Range<Int>) {
        var held: UInt64 = 0
        for position in positions {
            if assigned.isEverywhere[position] { held |= reach[assigned.roles[position]] }
            everywhere[position] = held
        }
        var context: Int?
        // The contexts of one principal stand next to one another, and so do their positions.
        for index in positions {
            let position = assigned.byContext.positions[index]
            if context != assigned.named[position] { held = 0 }
            context = assigned.named[position]
            held |= reach[assigned.roles[position]]
            here[index] = held
        }
    }

    private func all(in context: Int) -> UInt64 { here[assigned.byContext.range(of: context).upperBound - 1] }

    private func held(in context: Int, upTo last: Int) -> UInt64 {
        let all = assigned.byContext.range(of: context)
        var (low, high) = (all.lowerBound, all.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if assigned.byContext.positions[middle] <= last { low = middle + 1 } else { high = middle }
        }
        return low == all.lowerBound ? everywhere[last] : everywhere[last] | here[low - 1]
    }
}
