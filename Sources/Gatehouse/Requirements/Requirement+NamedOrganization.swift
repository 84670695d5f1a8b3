extension Requirement {
    /// Returns the principal as it speaks for the organization that the requirement is about, in the path or by name, if the credential
    /// names it as one of several. Otherwise returns the principal unchanged.
    ///
    /// - Parameter parameters: The texts of the path's placeholders.
    package func principal(_ principal: Principal?, choosingBy parameters: [String: String]) -> Principal? {
        guard var chosen = principal, chosen.organization == nil, !chosen.organizations.isEmpty else {
            return principal
        }
        let names = leaves.compactMap { leaf in
            switch leaf {
            case .organization(.inPath(let parameter)): parameters[parameter]
            case .organization(.named(let name)): name
            default: nil
            }
        }
        // If two names are different, no organization is chosen.
        guard let name = names.first, names.allSatisfy({ $0.hasSameBytes(as: name) }) else { return principal }
        let named = chosen.organizations.filter { $0.isNamed(name) }
        guard named.count == 1 else { return principal }
        chosen.organization = named.first
        return chosen
    }
}
