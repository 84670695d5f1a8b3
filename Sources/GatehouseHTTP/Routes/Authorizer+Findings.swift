extension Authorizer {
    /// The findings that keep a route closed, whoever asks, under the policy in force. Names of permissions and roles are looked up where the
    /// policy has a catalogue and is asked at all.
    ///
    /// - Parameters:
    ///   - requirement: The requirement of the route; `nil` if it has none.
    ///   - route: The name of the route in the findings.
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
        return repeated + unnamed + malformedNames(in: leaves, route) + unknownNames(in: leaves, route)
    }

    /// Names that no permission can have.
    private func malformedNames(in leaves: [Requirement], _ route: String) -> [RouteFinding] {
        leaves.compactMap(\.permissionName).compactMap { name in
            guard case .failure(let error) = name.permission else { return nil }
            return RouteFinding(.invalidPermission, "\(error)", at: route)
        }
    }

    /// Names that the policy does not know, with those that may have been meant.
    private func unknownNames(in leaves: [Requirement], _ route: String) -> [RouteFinding] {
        let engine = engine
        guard permissionSource != .token, engine.policy.permissions != nil else { return [] }
        let names = engine.unknownNames(
            permissions: leaves.compactMap { try? $0.permissionName?.permission.get() },
            roles: leaves.compactMap(\.roleName)
        )
        return names.map { name in
            RouteFinding(name.kind == .role ? .unknownRole : .unknownPermission, "\(name)", at: route)
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
