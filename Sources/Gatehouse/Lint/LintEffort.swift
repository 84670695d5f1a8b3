/// The effort for one kind of warning. Patterns can overlap so much that the search for covers takes hours. A warning is only advice, so
/// the search ends when the effort is spent. The effort grows with the policy, and ordinary policies take far less.
struct LintEffort {
    private var left: Int

    init(for patterns: PatternTable) {
        left = (1 << 18) + 32 * patterns.shapes.count
    }

    /// Takes one step; `false` if no step is left.
    mutating func spend() -> Bool {
        left -= 1
        return left >= 0
    }
}
