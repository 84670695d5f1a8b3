extension Requirement {
    /// Returns true if the principal is known to meet the requirement without suspending. The result `false` means nothing:
    /// ``evaluate(_:)`` then tells whether the requirement is met, and if not, why not.
    package func isKnownToBeMet(
        by principal: Principal,
        parameters: [String: String],
        _ authorizer: Authorizer
    ) -> Bool {
        // A second factor or the choice of an organization may be needed, and observers have to hear of the outcome.
        guard authorizer.observers.isEmpty, authorizer.secondFactor == nil, principal.organizations.isEmpty else {
            return false
        }
        // A single question needs no snapshot.
        if let question = question(parameters) {
            return authorizer.isKnownToAllow(question.permission, for: principal, question.details)
        }
        var snapshot: PrincipalSnapshot?
        return isKnownToBeMet(by: principal, parameters, authorizer, &snapshot)
    }

    /// - Parameter snapshot: The snapshot that all questions share, so that none is answered by another policy, other roles or another
    ///   instant; `nil` before the first question.
    private func isKnownToBeMet(
        by principal: Principal,
        _ parameters: [String: String],
        _ authorizer: Authorizer,
        _ snapshot: inout PrincipalSnapshot?
    ) -> Bool {
        switch self {
        case .public, .authenticated: return true
        case .permission:
            guard let question = question(parameters) else { return false }
            if snapshot == nil { snapshot = authorizer.snapshotAtHand(of: principal) }
            return snapshot?.allows(question.permission, with: question.details) ?? false
        case .organization(let demand): return principal.outcome(speakingFor: demand, parameters) == .allowed
        case .allOf(let requirements):
            return !requirements.isEmpty
                && requirements.allSatisfy { $0.isKnownToBeMet(by: principal, parameters, authorizer, &snapshot) }
        default: return false
        }
    }

    /// Returns what a permission asks; `nil` for other requirements, and if the permission or the path has no name.
    private func question(_ parameters: [String: String]) -> (permission: Permission, details: CheckDetails)? {
        guard case .permission(let name, let resource) = self, case .success(let permission) = name.permission else {
            return nil
        }
        guard let resource else { return (permission, CheckDetails()) }
        guard parameters[resource.parameter]?.isEmpty == false else { return nil }
        return (permission, CheckDetails(resource: resource.named(by: parameters)))
    }
}
