extension PolicyEngine {
    /// One check under two policies.
    public struct Simulation: Sendable {
        /// The question.
        public var check: AccessCheck
        /// The answer of the policy in force.
        public var current: Decision
        /// The answer of the proposed policy.
        public var proposed: Decision

        /// Makes a simulation.
        public init(check: AccessCheck, current: Decision, proposed: Decision) {
            self.check = check
            self.current = current
            self.proposed = proposed
        }

        /// True if the answers differ; their reasons may differ all the same.
        public var isChanged: Bool { current.isAllowed != proposed.isAllowed }
    }
}

extension PolicyEngine {
    /// Answers checks under this policy and under a proposed policy.
    public func simulate(_ checks: some Sequence<AccessCheck>, under proposed: PolicyEngine) -> [Simulation] {
        checks.map { Simulation(check: $0, current: decide($0), proposed: proposed.decide($0)) }
    }
}
