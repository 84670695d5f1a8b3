extension RequirementSnapshot {
    /// Why the requirement cannot be met or unmet: the path does not name what it is about. `nil` if the path does, or need not.
    func refusal(forLackOfPath requirement: Requirement) -> Requirement.Outcome? {
        guard let name = requirement.pathParameter, context.parameters[name]?.isEmpty != false else { return nil }
        guard context.principal != nil else { return .unauthenticated }
        return .refused("the path names nothing for \(requirement)")
    }

    /// Why a permission of a malformed name is neither met nor unmet.
    func refusal(forMalformed name: Requirement.PermissionName) -> Requirement.Outcome {
        guard case .failure(let error) = name.permission, context.principal != nil else { return .unauthenticated }
        return .refused("\(error)")
    }

    func named(_ resource: Requirement.PathResource) -> Resource {
        Resource(type: resource.type, id: context.parameters[resource.parameter], attributes: resource.attributes)
    }
}
