extension PrincipalSnapshot {
    /// Allows a principal that has a permission. Only a refusal asks the policy for its reasons.
    func outcome(of permission: Permission, with details: CheckDetails) -> Requirement.Outcome {
        allows(permission, with: details)
            ? .allowed : .refused("\(permission) for \(principal) is denied: \(denial(of: permission, with: details))")
    }

    /// Allows a principal that holds a role.
    func outcome(ofRole role: String, on resource: ResourceID?) -> Requirement.Outcome {
        if holds(role, on: resource) { return .allowed }
        let reason = principal.isDelegated ? "a delegated credential holds no role" : "it is not held"
        return .refused("\(role.printable) for \(principal) is denied: \(reason)")
    }

    private func denial(of permission: Permission, with details: CheckDetails) -> String {
        guard principal.covers(permission) else { return Decision.Reason.scope.description }
        guard let roles else { return "the credential does not carry it" }
        return roles.decide(AccessCheck(permission, by: principal, details, at: now)).summary
    }
}
