extension Authorizer {
    /// Returns the findings that keep a route closed to everybody under the current policy. Names of permissions and roles are looked up if
    /// the policy has a catalogue and the requirement depends on the policy.
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
        return repeated + unnamed + faults(in: leaves, route) + unknownNames(in: leaves, route)
    }

    /// Returns findings about requirements that nobody can meet.
    private func faults(in leaves: [Requirement], _ route: String) -> [RouteFinding] {
        leaves.compactMap { leaf in
            leaf.fault.map { fault in
                let code: RouteFinding.Code =
                    switch leaf {
                    case .permission: .invalidPermission
                    case .factor: .invalidFactor
                    default: .invalidName
                    }
                return RouteFinding(code, fault, at: route)
            }
        }
    }

    /// Returns findings about names that the policy does not know, with similar known names.
    private func unknownNames(in leaves: [Requirement], _ route: String) -> [RouteFinding] {
        let engine = engine
        guard permissionSource != .token, engine.policy.permissions != nil else { return [] }
        let names = engine.unknownNames(
            permissions: leaves.compactMap { try? $0.permissionName?.permission.get() },
            roles: leaves.compactMap(\.roleName).filter { !$0.isEmpty }
        )
        return names.map { name in
            RouteFinding(name.kind == .role ? .unknownRole : .unknownPermission, "\(name)", at: route)
        }
    }
}

extension [String] {
    /// The elements that repeat an earlier element.
    package var repeated: [String] {
        var seen: Set<String> = []
        return filter { !seen.insert($0).inserted }
    }
}
