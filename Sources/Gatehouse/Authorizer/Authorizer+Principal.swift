extension Authorizer {
    /// Whether a principal may do something.
    ///
    /// - Throws: ``AuthorizerError`` where its roles could not be loaded. That is neither yes nor no.
    public func isAllowed(
        _ permission: Permission,
        for principal: Principal,
        on resource: ResourceID? = nil
    ) async throws(AuthorizerError) -> Bool {
        let isCarried = principal.permissions.contains { $0.hasSameBytes(as: permission.name) }
        switch permissionsFrom {
        case .token:
            return isCarried
        case .roles:
            return try await resolve(principal).allows(permission, on: resource, at: clock.now())
        case .both:
            let verdict = try await resolve(principal).verdict(on: permission, for: resource, at: clock.now())
            return !verdict.isDenied && (verdict.isGranted || isCarried)
        }
    }

    /// What a requirement of a permission comes to.
    func outcome(of permission: Permission, for principal: Principal, on resource: Resource?) async -> Outcome {
        do throws(AuthorizerError) {
            return try await isAllowed(permission, for: principal, on: resource?.resourceID)
                ? .allowed : .refused("\(principal) lacks \(permission)")
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
        return principal.roles.contains { $0.role.hasSameBytes(as: role) && $0.holds(for: resource, at: now) }
    }

    private func resolve(_ principal: Principal) async throws(AuthorizerError) -> ResolvedPrincipal {
        guard memberships != nil else { return engine.resolve(principal) }
        return try await permissions(
            of: principal.id,
            in: principal.organization?.id,
            scope: cache.scope(of: principal.issuer),
            issuer: principal.issuer
        )
    }
}
