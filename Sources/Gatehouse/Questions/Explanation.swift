/// A decision, and what nearly made it another.
public struct Explanation: Sendable, Hashable {
    /// The decision, with everything that decided.
    public var decision: Decision
    /// The changes that would have allowed a denied check: first roles, then denials, then conditions, each in the order of the policy.
    /// Empty where it is allowed.
    public var nearMisses: [NearMiss]

    /// Makes an explanation.
    public init(decision: Decision, nearMisses: [NearMiss] = []) {
        self.decision = decision
        self.nearMisses = nearMisses
    }
}
