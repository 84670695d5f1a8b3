import Gatehouse

/// Checks by typed permission on principals that were resolved beforehand.
struct ResolvedChecks {
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

    /// How often each request is made before the next: so that the reference counts of fetching a request from a list,
    /// which are not part of a check, count little.
    private static let repeats = 10

    @inline(never)
    func resolved(_ count: Int) throws {
        for _ in 0..<count / (checks.count * Self.repeats) {
            for check in checks {
                let (principal, permission, isAllowed) = (check.principal, check.permission, check.isAllowed)
                for _ in 0..<Self.repeats {
                    guard principal.allows(permission, at: .distantPast) == isAllowed else { throw WrongAnswer() }
                }
            }
        }
    }
}
