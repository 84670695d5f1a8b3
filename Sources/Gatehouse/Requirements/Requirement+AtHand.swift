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
        switch self {
        case .public, .authenticated: return true
        case .permission(let name, let resource):
            guard case .success(let permission) = name.permission else { return false }
            guard let resource else { return authorizer.isKnownToAllow(permission, for: principal, CheckDetails()) }
            guard parameters[resource.parameter]?.isEmpty == false else { return false }
            let details = CheckDetails(resource: resource.named(by: parameters))
            return authorizer.isKnownToAllow(permission, for: principal, details)
        case .organization(let demand): return principal.outcome(speakingFor: demand, parameters) == .allowed
        case .allOf(let requirements):
            return !requirements.isEmpty
                && requirements.allSatisfy { $0.isKnownToBeMet(by: principal, parameters: parameters, authorizer) }
        default: return false
        }
    }
}
