extension Requirement {
    /// The fault of a requirement that combines no others and that nobody can meet, for its name or its number; `nil` if there is no fault.
    /// A requirement with a fault is neither met nor unmet.
    package var fault: String? {
        switch self {
        case .permission(let name, _):
            guard case .failure(let error) = name.permission else { return nil }
            return "\(error)"
        case .plan(let name): return Self.fault(ofScoped: name, "plan")
        case .feature(let name): return Self.fault(ofScoped: name, "feature")
        case .role(let name): return name.isEmpty ? "the role has no name" : nil
        case .organization(.named(let name)): return name.isEmpty ? "the organization has no name" : nil
        case .factor(let reverification):
            guard let minutes = reverification.afterMinutes, minutes < 1 else { return nil }
            return "\(reverification) asks for a proof of less than a minute ago, which nobody has"
        default: return nil
        }
    }

    private static func fault(ofScoped name: String, _ what: String) -> String? {
        guard ScopedName(name) == nil else { return nil }
        return
            "“\(name.printable)” is not the name of a \(what): write the name alone for any scope, “o:” before it for the "
            + "organization's, or “u:” for the user's"
    }
}
