extension Authorizer {
    /// Gives a member a role, forgets the cached roles of the member on this node, and tells the other nodes before it returns:
    /// <doc:Bounds>.
    ///
    /// The member's tokens stay valid, unless the role may take something away: if the role denies something, itself or by inheritance; if
    /// a constraint, or a condition about roles, names the role; or if the role is held for a shorter time than before. Then the tokens
    /// that were issued until now are refused (401), and the client renews them.
    ///
    /// A constraint of the policy does not refuse the assignment: a member who then holds too many roles of a ``Constraint``, `static` or
    /// `dynamic`, is denied in each check.
    ///
    /// - Returns: The state of the store from which on the member holds the role; `nil` if the store does not count its states.
    /// - Throws: ``AuthorizerError``. The store may have made the change all the same: with the code `busFailed` the store made it, and
    ///   with `unknownRole` and `changeRefused` the store did not. The role is unknown if the policy in force has roles and does not define
    ///   this one.
    @discardableResult
    public func assign(_ role: RoleAssignment, to member: Member) async throws(AuthorizerError) -> MembershipRevision? {
        let engine = policy.engine
        if engine.roleNames.count > 0, let unknown = engine.unknownNames(roles: [role.role]).first {
            throw AuthorizerError(.unknownRole, "\(unknown)")
        }
        return try await change(member) { store in
            try await store.assign(role, to: member)
        } takes: { effect in
            switch effect {
            case .none: false
            case .gained: policy.engine.mayTakeAway(byAssigning: role.role)
            case .lost: true
            case .unknown:
                role.notBefore != nil || role.notAfter != nil || policy.engine.mayTakeAway(byAssigning: role.role)
            }
        }
    }

    /// Takes a role from a member, forgets the cached roles of the member on this node, and tells the other nodes before it returns:
    /// <doc:Bounds>. The member's tokens for the organization that were issued until now are refused (401), unless the member did not hold
    /// the role.
    ///
    /// - Returns: The state of the store from which on the member does not hold the role; `nil` if the store does not count its states.
    /// - Throws: ``AuthorizerError``. The store may have made the change all the same: with the code `busFailed` the store made it, and
    ///   with `changeRefused` the store did not.
    @discardableResult
    public func remove(role: String, from member: Member) async throws(AuthorizerError) -> MembershipRevision? {
        try await change(member) { store in
            try await store.remove(role: role, from: member)
        } takes: { effect in
            effect != .none
        }
    }

    /// - Parameter takes: True if a change of this effect may take something away from the member.
    private func change(
        _ member: Member,
        _ change: (any MembershipStore) async throws -> MembershipChange,
        takes: (MembershipChange.Effect) -> Bool
    ) async throws(AuthorizerError) -> MembershipRevision? {
        guard let store else { throw AuthorizerError(.noStore) }
        guard !member.user.isEmpty, member.organization?.isEmpty != true else {
            throw AuthorizerError(.changeRefused, "a user and an organization have ids that are not empty")
        }
        let outcome: Result<MembershipChange, any Error>
        do {
            outcome = .success(try await change(store))
        } catch {
            outcome = .failure(error)
        }
        func invalidation(_ effect: MembershipChange.Effect) -> Invalidation {
            Invalidation(.member(member), revokedAt: takes(effect) ? clock.now() : nil)
        }
        switch outcome {
        case .success(let change):
            try await invalidate(invalidation(change.effect))
            return change.revision
        case .failure(let error as any MembershipStoreError) where error.refusesChange:
            throw AuthorizerError(.changeRefused, "\(error)")
        case .failure(let error):
            // The store may have made the change before it failed to report that.
            try? await invalidate(invalidation(.unknown))  // what failed first is what the caller has to know
            throw AuthorizerError(error)
        }
    }
}
