import Gatehouse

/// Decisions from role names, of which nothing is resolved beforehand: somebody with three roles.
struct UncachedDecisions {
    private let engine: PolicyEngine
    private let checks: [(check: AccessCheck, isAllowed: Bool)]

    /// One check for a policy of five grants.
    init() throws {
        engine = try PolicyEngine(FiveGrants.policy)
        checks = [(AccessCheck("org:invoices:pay", by: FiveGrants.principal, at: .distantPast), true)]
    }

    /// The requests of a published size; one role of the three is the policy's own assignment.
    init(_ size: ModelSize, _ engine: PolicyEngine) throws {
        self.engine = engine
        checks = try size.requests.map { request in
            var principal = request.principal
            principal.roles = request.moreRoles
            let permission = try Permission(validating: request.permissionName)
            return (AccessCheck(permission, by: principal, at: .distantPast), request.isAllowed)
        }
    }

    @inline(never)
    func uncached(_ count: Int) throws {
        var done = 0
        while done < count {
            for (check, isAllowed) in checks {
                guard engine.allows(check) == isAllowed else { throw WrongAnswer() }
            }
            done += checks.count
        }
    }

    /// The same with the table of role sets emptied before each.
    @inline(never)
    func emptied(_ count: Int) throws {
        for _ in 0..<count {
            engine.forgetRoleSets()
            try uncached(1)
        }
    }

    /// With every reason.
    @inline(never)
    func decided(_ count: Int) throws {
        for _ in 0..<count {
            for (check, isAllowed) in checks {
                guard engine.decide(check).isAllowed == isAllowed else { throw WrongAnswer() }
            }
        }
    }
}
