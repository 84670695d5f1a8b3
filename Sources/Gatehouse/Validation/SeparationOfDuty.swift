/// Which assignments bring somebody over the limit of a constraint, counted over authorized roles.
///
/// The roles of constraints are handed on in words of 64. How many of them somebody has only grows from one assignment
/// to the next; so the first that is too many is found by halving.
struct SeparationOfDuty {
    /// Somebody who has more roles of a constraint than it allows.
    struct Breach {
        var context: Int
        /// The place of the constraint in its group.
        var member: Int
        /// The range of places in the holdings where the first assignment that is too many is sought.
        var low: Int
        var high: Int
        /// How many roles there are with the assignments up to the place in question.
        var count = 0
        /// Some of these roles, by their numbers.
        var roles: [Int] = []
    }

    /// How many roles a breach names.
    private static let namedRoles = 8

    private let holdings: Holdings
    private let furthest: Int
    private var reach: Reach
    /// What each principal has in every organization, with its assignments up to each place.
    private var everywhere: [UInt64]
    /// What it has in each context, in the order of ``Holdings/byContext``.
    private var here: [UInt64]

    init(_ holdings: Holdings, _ graph: RoleGraph) {
        self.holdings = holdings
        furthest = holdings.roles.max() ?? 0
        reach = Reach(graph)
        everywhere = Array(repeating: 0, count: holdings.roles.count)
        here = everywhere
    }

    /// Who breaks the constraints of the group, each at the first assignment that is too many; at most `maximum`.
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

    /// Who breaks one of the constraints with all assignments.
    private mutating func candidates(of group: ConstraintGroup, atMost maximum: Int) -> [Breach] {
        var found: [Breach] = []
        /// The counts of a constraint that fills several words.
        var totals = Array(repeating: 0, count: group.words.count > 1 ? holdings.contexts.count : 0)
        for word in group.words {
            load(word)
            for context in holdings.contexts.indices where found.count < maximum {
                if context == holdings.contexts[context].first { gather(holdings.contexts[context].places) }
                let held = everywhere[holdings.contexts[context].places.upperBound - 1] | all(in: context)
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
        let places = holdings.contexts[context].places
        return Breach(context: context, member: member, low: places.lowerBound, high: places.upperBound - 1)
    }

    /// Counts, for each, the roles of its constraint with the assignments up to a place.
    private mutating func count(_ breaches: inout [Breach], _ group: ConstraintGroup, at place: (Breach) -> Int) {
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
                let context = holdings.contexts[breaches[index].context]
                if !isLoaded, gathered != context.first { gather(context.places) }
                gathered = context.first
                var held = held(in: breaches[index].context, upTo: place(breaches[index]))
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

    /// Adds up what a principal's assignments bring, those without organization and those of each context.
    private mutating func gather(_ places: Range<Int>) {
        var held: UInt64 = 0
        for place in places {
            if holdings.isEverywhere[place] { held |= reach[holdings.roles[place]] }
            everywhere[place] = held
        }
        var context: Int?
        // The contexts of one principal stand in a row, and so do their places.
        for index in places {
            let place = holdings.byContext.places[index]
            if context != holdings.named[place] { held = 0 }
            context = holdings.named[place]
            held |= reach[holdings.roles[place]]
            here[index] = held
        }
    }

    private func all(in context: Int) -> UInt64 { here[holdings.byContext.range(of: context).upperBound - 1] }

    private func held(in context: Int, upTo last: Int) -> UInt64 {
        let all = holdings.byContext.range(of: context)
        var (low, high) = (all.lowerBound, all.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holdings.byContext.places[middle] <= last { low = middle + 1 } else { high = middle }
        }
        return low == all.lowerBound ? everywhere[last] : everywhere[last] | here[low - 1]
    }
}
