/// The patterns that the own and inherited patterns of roles cover. Many questions are answered together, in passes over all roles for 64
/// patterns at a time.
struct Coverage {
    /// A question whether the patterns of a role cover all names of one pattern.
    struct Question {
        /// The role's number.
        var role: Int
        var pattern: Int
    }

    /// The patterns that may cover another.
    enum Mode {
        /// All patterns together.
        case together
        /// One pattern alone; the same pattern only if it is inherited.
        case alone
    }

    /// A pattern that covers the pattern of some questions, for names of these lengths.
    fileprivate struct Cover {
        var slot: Int
        var covered: Int
        var lengths: LengthSet
        var isSame: Bool
    }

    /// The number of covers that are weighed together, which bounds the memory.
    private static let maximumCovers = 1 << 20

    private let graph: RoleGraph
    private let patterns: PatternTable
    /// The roles that have each pattern, by their numbers.
    private var owners: [[Int]]

    /// Makes a coverage from roles, by their numbers, and the patterns that each role has.
    init(_ graph: RoleGraph, _ patterns: PatternTable, _ owned: some Sequence<(role: Int, pattern: Int)>) {
        self.graph = graph
        self.patterns = patterns
        owners = Array(repeating: [], count: patterns.shapes.count)
        for (role, pattern) in owned where owners[pattern].last != role { owners[pattern].append(role) }
    }

    /// Returns true if the patterns of all roles together cover the pattern. Otherwise no role's patterns cover it either.
    func isCoverable(_ pattern: Int, _ effort: inout LintEffort) -> Bool {
        var open = patterns.shapes[pattern].lengths
        patterns.forEachCover(of: pattern, &effort) { cover, lengths in
            if !owners[cover].isEmpty { open.subtract(lengths) }
            return !open.isEmpty
        }
        return open.isEmpty
    }

    /// Returns for each question a pattern that covers, the last of several that cover together. The answer is `nil` if not all names are
    /// covered, or if the effort was spent before.
    func answers(to questions: [Question], _ mode: Mode, _ effort: inout LintEffort) -> [Int?] {
        if owners.allSatisfy(\.isEmpty) { return Array(repeating: nil, count: questions.count) }
        let (patterns, owners, graph) = (patterns, owners, graph)
        var progress = Progress(questions, patterns)
        var slots: [Int: Int] = [:]
        var covers: [Cover] = []
        func weigh() {
            progress.weigh(&covers, by: slots.sorted { $0.value < $1.value }.map(\.key), owners, graph)
            covers.removeAll(keepingCapacity: true)
            slots.removeAll(keepingCapacity: true)
        }
        for pattern in patterns.shapes.indices where !progress.asked.range(of: pattern).isEmpty {
            let all = patterns.shapes[pattern].lengths
            patterns.forEachCover(of: pattern, &effort) { cover, lengths in
                guard !owners[cover].isEmpty, mode == .together || lengths == all else { return true }
                let slot = slots[cover, default: slots.count]
                slots[cover] = slot
                let isSame = mode == .alone && cover == pattern
                covers.append(Cover(slot: slot, covered: pattern, lengths: lengths, isSame: isSame))
                return true
            }
            if covers.count >= Self.maximumCovers { weigh() }
        }
        weigh()
        return progress.answers
    }
}

/// The answers to questions so far.
private struct Progress {
    private let questions: [Coverage.Question]
    /// The questions by their patterns.
    let asked: Buckets
    /// The lengths of names that are not covered yet.
    private var open: [LengthSet]
    private var last: [Int?]
    /// The highest role that asks about each pattern.
    private var furthest: [Int]

    init(_ questions: [Coverage.Question], _ patterns: PatternTable) {
        self.questions = questions
        asked = Buckets(questions.map(\.pattern), count: patterns.shapes.count)
        open = questions.map { patterns.shapes[$0.pattern].lengths }
        last = Array(repeating: nil, count: questions.count)
        furthest = Array(repeating: 0, count: patterns.shapes.count)
        for question in questions { furthest[question.pattern] = max(furthest[question.pattern], question.role) }
    }

    var answers: [Int?] { zip(last, open).map { $1.isEmpty ? $0 : nil } }

    /// - Parameter slots: The covering patterns by their slots; 64 patterns are handed on in one pass.
    mutating func weigh(_ covers: inout [Coverage.Cover], by slots: [Int], _ owners: [[Int]], _ graph: RoleGraph) {
        covers.sort {
            ($0.slot / 64, $0.covered, $0.lengths.rawValue) < ($1.slot / 64, $1.covered, $1.lengths.rawValue)
        }
        var reach = Reach(graph)
        var rest = covers[...]
        while let batch = rest.first.map({ $0.slot / 64 }) {
            let end = rest.firstIndex { $0.slot / 64 != batch } ?? rest.endIndex
            let current = rest[rest.startIndex..<end]
            rest = rest[end...]
            let here = slots[(batch * 64)..<min(batch * 64 + 64, slots.count)]
            var seeds: [(role: Int, bits: UInt64)] = []
            for (bit, pattern) in here.enumerated() { seeds += owners[pattern].map { ($0, 1 << UInt64(bit)) } }
            var last = 0
            for cover in current { last = max(last, furthest[cover.covered]) }
            reach.spread(seeds, through: last)
            settle(current, here, reach)
        }
    }

    private mutating func settle(_ covers: ArraySlice<Coverage.Cover>, _ slots: ArraySlice<Int>, _ reach: Reach) {
        var rest = covers
        while let first = rest.first {
            let end = rest.firstIndex { $0.covered != first.covered || $0.lengths != first.lengths } ?? rest.endIndex
            var bits: UInt64 = 0
            var same: UInt64 = 0
            for cover in rest[rest.startIndex..<end] {
                if cover.isSame { same |= 1 << UInt64(cover.slot % 64) } else { bits |= 1 << UInt64(cover.slot % 64) }
            }
            rest = rest[end...]
            for question in asked[first.covered] where !open[question].isDisjoint(with: first.lengths) {
                let role = questions[question].role
                let reached = reach[role] & bits | (same == 0 ? 0 : reach.inherited(by: role) & same)
                guard reached != 0 else { continue }
                open[question].subtract(first.lengths)
                last[question] = slots[slots.startIndex + reached.trailingZeroBitCount]
            }
        }
    }
}
