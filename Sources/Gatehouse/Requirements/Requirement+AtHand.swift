extension Requirement {
    /// Returns true if a principal meets the requirement, as far as that is known without suspending. `false` says nothing:
    /// ``evaluate(_:)`` tells whether the requirement is met, and why not.
    package func isKnownToBeMet(
        by principal: Principal,
        parameters: [String: String],
        _ authorizer: Authorizer
    ) -> Bool {
        // A second factor may be demanded, an organization may have to be chosen, and observers have to hear of it.
        guard authorizer.observers.isEmpty, authorizer.secondFactor == nil, principal.organizations.isEmpty else {
            return false
        }
        switch self {
        case .public, .authenticated: return true
        case .permission(let name, let resource):
            guard case .success(let permission) = name.permission else { return false }
            guard let resource else { return authorizer.isKnownToAllow(permission, for: principal, CheckDetails()) }
            guard let id = parameters[resource.parameter], !id.isEmpty else { return false }
            let details = CheckDetails(resource: Resource(type: resource.type, id: id))
            return authorizer.isKnownToAllow(permission, for: principal, details)
        case .organization(let demand): return principal.outcome(speakingFor: demand, parameters) == .allowed
        case .allOf(let requirements):
            return !requirements.isEmpty
                && requirements.allSatisfy { $0.isKnownToBeMet(by: principal, parameters: parameters, authorizer) }
        default: return false
        }
    }
}
