import Gatehouse

/// Checks by typed permission on principals that were resolved beforehand.
struct ResolvedChecks {
    /// A class, so that reading it copies nothing.
    private final class Check: Sendable {
        let principal: ResolvedPrincipal
        let permission: Permission
        let isAllowed: Bool

        init(_ principal: ResolvedPrincipal, _ permission: Permission, _ isAllowed: Bool) {
            self.principal = principal
            self.permission = permission
            self.isAllowed = isAllowed
        }
    }

    private let checks: [Check]

    /// One check for a policy of five grants.
    init(_ permission: Permission, isAllowed: Bool) throws {
        let principal = try PolicyEngine(FiveGrants.policy).resolve(FiveGrants.principal)
        checks = Array(repeating: Check(principal, permission, isAllowed), count: 17)
    }

    /// The requests of a published size.
    init(_ size: ModelSize, _ engine: PolicyEngine) throws {
        checks = try size.requests.map {
            Check(engine.resolve($0.principal), try Permission(validating: $0.permissionName), $0.isAllowed)
        }
    }

    @inline(never)
    func resolved(_ count: Int) throws {
        for _ in 0..<count / checks.count {
            for check in checks {
                guard check.principal.allows(check.permission, at: .distantPast) == check.isAllowed else {
                    throw WrongAnswer()
                }
            }
        }
    }
}
