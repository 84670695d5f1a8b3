extension Authorizer {
    /// Returns the decision on a permission of a principal, with every reason. The roles are those of `isAllowed`: those of the credential,
    /// those that have to be loaded, and the policy's own assignments. `isAllowed` gives the same answer at a lower cost.
    ///
    /// ```swift
    /// let decision = try await authorizer.decide("org:invoices:void", for: principal)
    /// print(decision)  // denied: org:auditor denies org:invoices:void
    /// ```
    ///
    /// - Parameters:
    ///   - permission: The permission that is asked for.
    ///   - principal: The principal that asks.
    ///   - resource: The resource; `nil` for nothing in particular.
    ///   - action: Further facts of the action: a JSON object, which conditions find under `$action`.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    ///   - revision: The state of the membership source that roles which have to be loaded must come from, or a later one; `nil` for any
    ///     that is still good.
    /// - Throws: ``AuthorizerError`` if its roles could not be loaded. That is neither yes nor no.
    public func decide(
        _ permission: Permission,
        for principal: Principal,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:],
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Decision {
        let details = CheckDetails(resource: resource, action: action, context: context)
        switch try await question(permission, of: principal, with: details, minimumRevision: revision) {
        case .decided(let decision): return decision
        case .undecided(let check, let engine):
            return settled(engine.decide(check, ownIssuer: ownIssuer), permission, check.principal)
        }
    }

    /// Returns a decision with its near misses: roles that would have allowed the check, denials that stopped it, and conditions that were
    /// not true.
    ///
    /// - Throws: ``AuthorizerError`` if the roles could not be loaded. The check is then neither allowed nor denied.
    public func explain(
        _ permission: Permission,
        for principal: Principal,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:],
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Explanation {
        let details = CheckDetails(resource: resource, action: action, context: context)
        switch try await question(permission, of: principal, with: details, minimumRevision: revision) {
        case .decided(let decision): return Explanation(decision: decision)
        case .undecided(let check, let engine):
            let explanation = engine.explain(check, ownIssuer: ownIssuer)
            let decision = settled(explanation.decision, permission, check.principal)
            return Explanation(decision: decision, nearMisses: decision.isAllowed ? [] : explanation.nearMisses)
        }
    }

    private enum Question {
        /// The credential alone determined the decision.
        case decided(Decision)
        /// The policy determines the decision.
        case undecided(AccessCheck, PolicyEngine)
    }

    private func question(
        _ permission: Permission,
        of principal: Principal,
        with details: CheckDetails,
        minimumRevision revision: MembershipRevision?
    ) async throws(AuthorizerError) -> Question {
        let principal = scopes.limiting(principal)
        func decided(_ isAllowed: Bool, _ reason: Decision.Reason) -> Question {
            .decided(Decision(isAllowed: isAllowed, reasons: [reason], revision: self.engine.revision))
        }
        guard principal.covers(permission) else { return decided(false, .scope) }
        guard permissionSource != .token else {
            return principal.carries(permission) ? decided(true, .credential) : decided(false, .default)
        }
        let (loaded, engine) = try await withLoadedRoles(principal, minimumRevision: revision)
        return .undecided(AccessCheck(permission, by: loaded, details, at: clock.now()), engine)
    }

    /// Returns the principal with all its roles except the policy's own assignments, and the policy for the decision.
    func withLoadedRoles(
        _ principal: Principal,
        minimumRevision revision: MembershipRevision?
    ) async throws(AuthorizerError) -> (principal: Principal, engine: PolicyEngine) {
        let roles = try await resolution(of: principal, minimumRevision: revision).roles
        var principal = principal
        principal.roles = Array(roles.given)
        return (principal, roles.engine)
    }

    /// Returns the decision, which is allowed if the policy has no reason and the credential's own permissions count.
    private func settled(_ decision: Decision, _ permission: Permission, _ principal: Principal) -> Decision {
        guard permissionSource == .both, decision.reasons == [.default], principal.carries(permission) else {
            return decision
        }
        return Decision(isAllowed: true, reasons: [.credential], revision: decision.revision)
    }
}
