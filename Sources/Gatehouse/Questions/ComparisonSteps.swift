/// The steps that a comparison of two policies has taken.
struct ComparisonSteps {
    private var taken = 0

    /// Counts some more steps.
    mutating func spend(_ steps: Int) throws(PolicyDifferenceError) {
        guard steps <= PolicyDifferenceError.maximumSteps - taken else { throw PolicyDifferenceError(.tooManySteps) }
        taken += steps
    }
}
