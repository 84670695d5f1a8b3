/// A property that does not hold for an input.
public struct FuzzFinding: Error, CustomStringConvertible {
    /// The property that was broken, as a sentence.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws a finding where the condition does not hold.
func expect(_ condition: Bool, _ finding: String) throws(FuzzFinding) {
    guard condition else { throw FuzzFinding(finding) }
}
