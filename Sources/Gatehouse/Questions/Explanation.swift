/// A decision, and the changes that might have led to another decision.
public struct Explanation: Sendable, Hashable {
    /// The decision, with everything that decided.
    public var decision: Decision
    /// The changes that would have allowed a denied check: roles first, then denials, then conditions, each in the order of the policy. The
    /// list is empty if the check is allowed.
    public var nearMisses: [NearMiss]

    /// Makes an explanation.
    public init(decision: Decision, nearMisses: [NearMiss] = []) {
        self.decision = decision
        self.nearMisses = nearMisses
    }
}
