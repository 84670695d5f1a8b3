import Gatehouse

/// Checks by the policy engine alone: nothing is remembered of a principal but what is resolved beforehand.
struct PolicyChecks {
    private let engine: PolicyEngine
    private let resolved: ResolvedPrincipal
    private let check: AccessCheck

    init() throws {
        engine = try PolicyEngine(
            Policy {
                Role("org:member") { Grants("org:invoices:read", "org:reports:read") }
                Role("org:billing") { Grants("org:invoices:pay") }
                Role("org:admin") {
                    Inherits("org:member")
                    Grants("org:invoices:void", "org:members:manage")
                }
            }
        )
        let principal = Principal(
            "user_2abcdefghijklmnopqrstuvwxyz",
            organization: "org_2abcdefghijklmnopqrstuvwxyz",
            roles: ["org:member", "org:billing", "org:admin"]
        )
        resolved = engine.resolve(principal)
        check = AccessCheck("org:invoices:pay", by: principal, at: .distantPast)
    }

    @inline(never)
    func allowed(_ count: Int) throws {
        let permission: Permission = "org:invoices:read"
        for _ in 0..<count {
            guard resolved.allows(permission, at: .distantPast) else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func denied(_ count: Int) throws {
        let permission: Permission = "org:invoices:erase"
        for _ in 0..<count {
            guard !resolved.allows(permission, at: .distantPast) else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func uncached(_ count: Int) throws {
        for _ in 0..<count {
            guard engine.allows(check) else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func cold(_ count: Int) throws {
        for _ in 0..<count {
            engine.forgetRoleSets()
            guard engine.allows(check) else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func decided(_ count: Int) throws {
        for _ in 0..<count {
            guard engine.decide(check).isAllowed else { throw WrongAnswer() }
        }
    }
}
