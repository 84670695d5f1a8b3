extension RequirementSnapshot {
    /// Returns the refusal of a requirement about a part of the path that the path does not have, which is neither met nor unmet; otherwise
    /// `nil`.
    func refusal(forLackOfPath requirement: Requirement) -> Requirement.Outcome? {
        guard let name = requirement.pathParameter, context.parameters[name]?.isEmpty != false else { return nil }
        guard context.principal != nil else { return .unauthenticated }
        return .refused("the path names nothing for \(requirement)")
    }

    /// Returns the refusal of a requirement that nobody can meet, which is neither met nor unmet; otherwise `nil`.
    func refusal(forFaultOf requirement: Requirement) -> Requirement.Outcome? {
        guard let fault = requirement.fault else { return nil }
        guard context.principal != nil else { return .unauthenticated }
        return .refused(fault)
    }
}
