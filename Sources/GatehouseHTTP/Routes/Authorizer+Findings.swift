extension Authorizer {
    /// What keeps a route closed, whoever asks, under the policy in force. Names of permissions and roles are looked up where the
    /// policy has a catalogue and is asked at all.
    ///
    /// - Parameters:
    ///   - requirement: What the route requires; `nil` if it does not say.
    ///   - route: What the route is called in the findings.
    ///   - placeholders: The placeholders of the route's path.
    public func findings(
        on requirement: Requirement?,
        route: String,
        placeholders: [String]
    ) -> [RouteFinding] {
        guard let requirement else {
            return [RouteFinding(.noRequirement, "the route does not say what it requires, and is closed", at: route)]
        }
        guard !requirement.isPublic else { return [] }
        let leaves = requirement.leaves
        let repeated = placeholders.repeated.map { name in
            RouteFinding(.repeatedPlaceholder, "the path has the placeholder {\(name.printable)} twice", at: route)
        }
        let unnamed = leaves.filter { leaf in leaf.pathParameter.map { !placeholders.contains($0) } ?? false }.map {
            leaf in
            RouteFinding(.unknownPlaceholder, "the path names nothing for \(leaf)", at: route)
        }
        return repeated + unnamed + unknownNames(in: leaves, route)
    }

    private func unknownNames(in leaves: [Requirement], _ route: String) -> [RouteFinding] {
        let engine = engine
        guard permissionSource != .token, engine.policy.permissions != nil else { return [] }
        return leaves.compactMap { leaf in
            switch leaf {
            case .permission(let permission, _):
                engine.unknownPermissions(among: [permission]).isEmpty
                    ? nil
                    : RouteFinding(.unknownPermission, "the policy has no permission \(permission)", at: route)
            case .role(let role):
                engine.policy.roles.contains { $0.name.hasSameBytes(as: role) }
                    ? nil : RouteFinding(.unknownRole, "the policy has no role \(role.printable)", at: route)
            default: nil
            }
        }
    }
}

extension [String] {
    /// Those that are there already when they come.
    package var repeated: [String] {
        var seen: Set<String> = []
        return filter { !seen.insert($0).inserted }
    }
}
