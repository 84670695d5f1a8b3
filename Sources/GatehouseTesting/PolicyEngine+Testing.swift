public import Gatehouse

extension PolicyEngine {
    /// Returns the decision for a holder of these roles, with every reason, to test a policy.
    ///
    /// ```swift
    /// #expect(!engine.decision(on: "org:invoices:void", holding: "org:member").isAllowed)
    /// ```
    public func decision(
        on permission: Permission,
        holding roles: RoleAssignment...,
        in organization: String? = nil,
        at time: Timestamp = WallClock.system.now()
    ) -> Decision {
        let principal = Principal(
            "principal-under-test",
            organization: organization.map { Principal.Organization($0) },
            roles: roles
        )
        return decide(AccessCheck(permission, by: principal, at: time))
    }
}
