extension RequirementSnapshot {
    /// The refusals of the branches of one list.
    struct Refusals {
        private var reasons: [String] = []
        private var reverifications: [Reverification] = []

        mutating func add(_ reason: String, _ reverification: Reverification?) {
            reasons.append(reason)
            if let reverification { reverifications.append(reverification) }
        }

        /// The outcome if every branch is needed and all refusals ask for a step up: the strongest step up. `nil` if no refusal asks for
        /// one.
        var ofAll: Requirement.Outcome? {
            guard let strongest = reverifications.max(by: Reverification.isWeaker) else { return nil }
            return .refused(reasons.joined(separator: ", and "), reverification: strongest)
        }

        /// The outcome if one branch is enough: the weakest step up that would help.
        var ofAny: Requirement.Outcome {
            .refused(everyBranch: reasons, reverification: reverifications.min(by: Reverification.isWeaker))
        }
    }

    /// Returns the refusal of a plan or feature for a delegated credential, which does not carry the plans and features of its user. The
    /// requirement is neither met nor unmet.
    func refusal(ofDelegated requirement: Requirement) -> Requirement.Outcome {
        guard let principal = context.principal else { return .unauthenticated }
        return .refused("\(principal) has a delegated credential, which does not tell of \(requirement)")
    }
}
