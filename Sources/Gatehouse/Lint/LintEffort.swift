/// The effort for one kind of warning. Patterns can overlap so that who covers whom takes hours to tell; a warning
/// is advice, and beyond this it is not looked for. It grows with the policy, and ordinary policies take far less.
struct LintEffort {
    private var left: Int

    init(for patterns: PatternTable) {
        left = (1 << 18) + 32 * patterns.shapes.count
    }

    /// Takes one step, if there is one left.
    mutating func spend() -> Bool {
        left -= 1
        return left >= 0
    }
}
