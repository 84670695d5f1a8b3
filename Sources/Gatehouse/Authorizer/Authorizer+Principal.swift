extension Authorizer {
    /// Whether a principal may do something.
    ///
    /// - Parameters:
    ///   - resource: To what; nil: to nothing in particular.
    ///   - action: What else is known of what is done: a JSON object, which conditions find under `$action`.
    ///   - context: What is known of the circumstances: a JSON object, which conditions find under `$context`.
    /// - Throws: ``AuthorizerError`` where its roles could not be loaded. That is neither yes nor no.
    public func isAllowed(
        _ permission: Permission,
        for principal: Principal,
        on resource: Resource? = nil,
        action: JSONValue = [:],
        context: JSONValue = [:]
    ) async throws(AuthorizerError) -> Bool {
        let isCarried = principal.permissions.contains { $0.hasSameBytes(as: permission.name) }
        guard permissionsFrom != .token else { return isCarried }
        let details = CheckDetails(
            resource: resource,
            action: action,
            context: context,
            principalAttributes: principal.attributes
        )
        let verdict = try await resolve(principal).verdict(on: permission, with: details, at: clock.now)
        return verdict == .allowed || (permissionsFrom == .both && verdict == .silent && isCarried)
    }

    /// What a requirement of a permission comes to.
    func outcome(of permission: Permission, for principal: Principal, _ context: RequirementContext) async -> Outcome {
        do throws(AuthorizerError) {
            return try await isAllowed(
                permission,
                for: principal,
                on: context.resource,
                action: context.action,
                context: context.context
            ) ? .allowed : .refused("\(principal) lacks \(permission)")
        } catch {
            return .unavailable("\(error)")
        }
    }

    /// What a requirement of a role comes to. Where the credential decides alone, so do its roles; else a role counts
    /// by inheritance too.
    func outcome(ofRole role: String, for principal: Principal, on resource: Resource?) async -> Outcome {
        do throws(AuthorizerError) {
            return try await holds(role, principal, on: resource?.resourceID)
                ? .allowed : .refused("\(principal) does not hold \(role)")
        } catch {
            return .unavailable("\(error)")
        }
    }

    private func holds(
        _ role: String,
        _ principal: Principal,
        on resource: ResourceID?
    ) async throws(AuthorizerError) -> Bool {
        let now = clock.now()
        guard permissionsFrom == .token else {
            return try await resolve(principal).holds(role: role, on: resource, at: now)
        }
        let isActive = principal.activeRoles?.contains { $0.hasSameBytes(as: role) } ?? true
        return isActive
            && principal.roles.contains { $0.role.hasSameBytes(as: role) && $0.holds(for: resource, at: now) }
    }

    private func resolve(_ principal: Principal) async throws(AuthorizerError) -> ResolvedPrincipal {
        guard memberships != nil else { return policy.resolve(principal) }
        let known = try await permissions(
            of: principal.id,
            in: principal.organization?.id,
            scope: cache.scope(of: principal.issuer),
            issuer: principal.issuer
        )
        // What is remembered is all that the user holds; a session may have less.
        return principal.activeRoles.map { known.activating($0) } ?? known
    }
}
