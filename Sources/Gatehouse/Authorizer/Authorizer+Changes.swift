extension Authorizer {
    /// Gives a member a role, forgets what this node remembered of it, and tells the others before it returns: <doc:Bounds>. Its tokens
    /// that were issued until now no longer speak for the organization: they carry what it held before.
    ///
    /// - Returns: The state of the store from which on it holds the role; nil where the store does not count them.
    /// - Throws: ``AuthorizerError``; the store may have made the change all the same. With the code `busFailed` it did.
    @discardableResult
    public func assign(_ role: RoleAssignment, to member: Member) async throws(AuthorizerError) -> MembershipRevision? {
        try await change(member) { store in try await store.assign(role, to: member) }
    }

    /// Takes a role from a member, forgets what this node remembered of it, and tells the others before it returns: <doc:Bounds>. Its
    /// tokens that were issued until now no longer speak for the organization.
    ///
    /// - Returns: The state of the store from which on it does not hold the role; nil where the store does not count them.
    /// - Throws: ``AuthorizerError``; the store may have made the change all the same. With the code `busFailed` it did.
    @discardableResult
    public func remove(role: String, from member: Member) async throws(AuthorizerError) -> MembershipRevision? {
        try await change(member) { store in try await store.remove(role: role, from: member) }
    }

    private func change(
        _ member: Member,
        _ change: (any MembershipStore) async throws -> MembershipRevision?
    ) async throws(AuthorizerError) -> MembershipRevision? {
        guard let store else { throw AuthorizerError(.noStore) }
        let outcome: Result<MembershipRevision?, any Error>
        do {
            outcome = .success(try await change(store))
        } catch {
            outcome = .failure(error)
        }
        // Also after a failure: the store may have made the change before it failed to say so.
        let invalidation = Invalidation(.member(member), revokedAt: clock.now())
        switch outcome {
        case .success(let revision):
            try await invalidate(invalidation)
            return revision
        case .failure(let error):
            try? await invalidate(invalidation)  // what failed first is what the caller has to know
            throw AuthorizerError(error)
        }
    }
}
