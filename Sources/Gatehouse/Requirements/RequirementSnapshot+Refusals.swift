extension RequirementSnapshot {
    /// Why branches of one list refused.
    struct Refusals {
        private var reasons: [String] = []
        private var reverifications: [Reverification] = []

        mutating func add(_ reason: String, _ reverification: Reverification?) {
            reasons.append(reason)
            if let reverification { reverifications.append(reverification) }
        }

        /// The outcome where every branch is needed, of refusals that all ask for a step up: the strongest. `nil` if none refused.
        var ofAll: Requirement.Outcome? {
            guard let strongest = reverifications.max(by: Reverification.isWeaker) else { return nil }
            return .refused(reasons.joined(separator: ", and "), reverification: strongest)
        }

        /// The outcome where one branch is enough: the weakest step up of those that would help.
        var ofAny: Requirement.Outcome {
            .refused(everyBranch: reasons, reverification: reverifications.min(by: Reverification.isWeaker))
        }
    }

    /// Why a plan or feature of a delegated credential is neither met nor unmet: its user's are not in it.
    func refusal(ofDelegated requirement: Requirement) -> Requirement.Outcome {
        guard let principal = context.principal else { return .unauthenticated }
        return .refused("\(principal) has a delegated credential, which does not tell of \(requirement)")
    }
}
