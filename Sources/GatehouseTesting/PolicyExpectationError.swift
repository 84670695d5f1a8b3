/// The places in which a policy is not as a test expects.
public struct PolicyExpectationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence for each place, in the order of the table.
    public let differences: [String]

    /// Makes an error of these differences.
    public init(_ differences: [String]) {
        self.differences = differences
    }

    /// The differences, one a line.
    public var description: String {
        differences.count == 1
            ? "the policy is not as expected: \(differences[0])"
            : "the policy is not as expected in \(differences.count) places:\n"
                + differences.map { "  \($0)" }.joined(separator: "\n")
    }
}
