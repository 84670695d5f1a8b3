import Gatehouse

/// Checks by typed permission on principals that were resolved beforehand.
struct ResolvedChecks {
    private struct Check {
        let principal: ResolvedPrincipal
        let permission: Permission
        let isAllowed: Bool
    }

    private let checks: [Check]

    /// One check for a policy of five grants.
    init(_ permission: Permission, isAllowed: Bool) throws {
        let principal = try PolicyEngine(FiveGrants.policy).resolve(FiveGrants.principal)
        checks = [Check(principal: principal, permission: permission, isAllowed: isAllowed)]
    }

    /// The requests of a published size.
    init(_ size: ModelSize, _ engine: PolicyEngine) throws {
        checks = try size.requests.map { request in
            Check(
                principal: engine.resolve(request.principal),
                permission: try Permission(validating: request.permissionName),
                isAllowed: request.isAllowed
            )
        }
    }

    @inline(never)
    func resolved(_ count: Int) throws {
        var done = 0
        while done < count {
            for check in checks {
                guard check.principal.allows(check.permission, at: .distantPast) == check.isAllowed else {
                    throw WrongAnswer()
                }
            }
            done += checks.count
        }
    }
}
