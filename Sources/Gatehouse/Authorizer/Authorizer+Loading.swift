extension Authorizer {
    /// How often a load is begun again because an invalidation overtook it.
    private static let attempts = 8

    /// What a user may do, from memory or from the membership source.
    ///
    /// A load that an invalidation overtook is thrown away and begun again, so that nobody is judged by roles older
    /// than the invalidation.
    func permissions(
        of user: String,
        in organization: String?,
        scope: PermissionScope,
        issuer: String
    ) async throws(AuthorizerError) -> ResolvedPrincipal {
        func withKey<Result>(_ body: (PermissionKey) -> Result) -> Result {
            scope.withKey(organization: organization, user: user, body)
        }
        if let known = remembered(user, in: organization, scope) { return known }
        for _ in 0..<Self.attempts {
            let stamp = withKey { cache.beginLoad(of: $0) }
            let loaded = try await load(user, in: organization, issuer: issuer)
            if withKey({ cache.store(loaded, for: $0, loadedSince: stamp) }) { return loaded }
        }
        throw AuthorizerError(.overtaken)
    }

    private func load(
        _ user: String,
        in organization: String?,
        issuer: String
    ) async throws(AuthorizerError) -> ResolvedPrincipal {
        let loaded: [RoleAssignment]
        do {
            loaded = try await memberships?.roles(of: user, in: organization, issuer: issuer) ?? []
        } catch {
            throw AuthorizerError(.sourceFailed, "\(error)")
        }
        let principal = Principal(
            user,
            issuer: issuer,
            organization: organization.map { Principal.Organization($0) },
            roles: loaded
        )
        return policy.resolve(principal)
    }
}

/// Why a question could not be decided: neither yes nor no, and 503 to a client.
public struct AuthorizerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kept it from being decided.
    public enum Code: String, Sendable {
        /// The membership source failed.
        case sourceFailed = "membership-source-failed"
        /// Invalidations came faster than loads could finish.
        case overtaken = "overtaken-by-invalidations"
    }

    /// What kept it from being decided.
    public let code: Code
    /// What the source said, for logs.
    public let detail: String

    init(_ code: Code, _ detail: String = "") {
        self.code = code
        self.detail = detail
    }

    public var description: String {
        switch code {
        case .sourceFailed: "the roles could not be loaded: \(detail)"
        case .overtaken: "the roles could not be loaded: each load was overtaken by an invalidation"
        }
    }
}
