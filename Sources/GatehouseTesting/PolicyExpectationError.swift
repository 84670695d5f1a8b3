/// An error about the differences between a policy and the expectations of a test.
public struct PolicyExpectationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence for each difference, in the order of the table.
    public let differences: [String]

    /// Makes an error with these differences.
    public init(_ differences: [String]) {
        self.differences = differences
    }

    /// The differences, one on each line.
    public var description: String {
        differences.count == 1
            ? "the policy is not as expected: \(differences[0])"
            : "the policy is not as expected in \(differences.count) places:\n"
                + differences.map { "  \($0)" }.joined(separator: "\n")
    }
}
