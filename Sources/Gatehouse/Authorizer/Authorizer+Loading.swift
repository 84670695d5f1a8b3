extension Authorizer {
    /// The largest number of loads for one check. Invalidations overtook all of them but the last.
    private static let attempts = 8

    /// Returns the roles of a member under the current policy, from memory or from the membership source.
    ///
    /// A load that an invalidation overtook begins again, so that no check uses roles older than the invalidation. Of other loads, a check
    /// waits for at most two: for a load that began before the check, which may end too late or return too early a state, and for a load
    /// that began after the check.
    ///
    /// - Parameter revision: The earliest state of the source from which the answer may come.
    func roles(
        of member: Member,
        _ scope: PermissionScope,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> ResolvedRoles {
        func withKey<Result>(_ body: (PermissionKey) -> Result) -> Result {
            scope.withKey(organization: member.organization, user: member.user, body)
        }
        let (memberships, policy, clock, cache, ownIssuer, news) = (memberships, policy, clock, cache, ownIssuer, news)
        if let known = withKey({ key in cache.read(key, atLeast: revision) { $0.pointee.roles } }) {
            return current(known, of: member, scope)
        }
        noticeSilence()
        let begun = cache.moment()
        var previous: Flight?
        for _ in 0..<Self.attempts {
            let joined = withKey { key in
                cache.rolesOrFlight(of: member, key, atLeast: revision, after: previous) {
                    () async throws(AuthorizerError) in
                    try await memberships.load(member, policy, clock, cache, ownIssuer, news)
                }
            }
            // Every awaited load except the first began after the previous load had ended.
            let (flight, beganAfterCheck): (Flight, Bool)
            switch joined {
            case .known(let roles): return current(roles, of: member, scope)
            case .joined(let other): (flight, beganAfterCheck) = (other, previous != nil)
            case .began(let own): (flight, beganAfterCheck) = (own, true)
            case .refused:
                let error = AuthorizerError(.tooManyLoads, retryAfter: .seconds(1))
                news?.loadFailed(error, at: begun.now)
                throw error
            }
            switch await flight.outcome() {
            case .loaded(let loaded, let validity):
                let isFromState = loaded.isFrom(atLeast: revision)
                if isFromState, beganAfterCheck || flight.answers(begun, validity) {
                    return current(loaded.roles, of: member, scope)
                }
                // Otherwise another load begins: this load began before the check, which may expect a later state.
                if beganAfterCheck { throw AuthorizerError(.behind) }
            case .overtaken: break
            case .failed(let error): throw error
            case .abandoned: throw AuthorizerError(.cancelled)
            }
            previous = flight
        }
        throw AuthorizerError(.overtaken)
    }

    /// Returns the roles under the current policy. Roles that were resolved under another policy are resolved again, without a load.
    func current(_ roles: ResolvedRoles, of member: Member, _ scope: PermissionScope) -> ResolvedRoles {
        guard !policy.isCurrent(roles.engine) else { return roles }
        let renewed = cache.resolvedRoles.roles(
            Array(roles.given),
            of: member,
            ownIssuer: ownIssuer,
            policy.engine
        )
        scope.withKey(organization: member.organization, user: member.user) { key in
            cache.replace(roles, with: renewed, key)
        }
        return renewed
    }
}

extension LoadedRoles {
    /// Returns true if the roles come from this state of the source or a later state, and false if the source does not count its states.
    fileprivate func isFrom(atLeast wanted: MembershipRevision?) -> Bool {
        guard let wanted else { return true }
        return revision.map { $0 >= wanted } ?? false
    }
}

extension MembershipSource {
    fileprivate func load(
        _ member: Member,
        _ policy: CurrentPolicy,
        _ clock: WallClock,
        _ cache: PermissionCache,
        _ ownIssuer: String,
        _ news: AuthorizerNews?
    ) async throws(AuthorizerError) -> LoadedRoles {
        let membership: Membership
        do {
            membership = try await self.membership(of: member) ?? Membership(roles: [])
        } catch {
            let error = AuthorizerError(error)
            // A load that was cancelled, since no caller waits for it any more, shows nothing about the source.
            if !Task.isCancelled { news?.loadFailed(error, at: cache.configuration.clock.now()) }
            throw error
        }
        news?.loadSucceeded(at: cache.configuration.clock.now())
        return LoadedRoles(
            roles: cache.resolvedRoles.roles(
                membership.roles,
                of: member,
                ownIssuer: ownIssuer,
                policy.engine
            ),
            lifetime: membership.roles.timeToNextChange(clock.now()),
            revision: membership.revision
        )
    }
}

extension [RoleAssignment] {
    /// Returns the time until an assignment begins or ends; `nil` if no assignment will.
    fileprivate func timeToNextChange(_ now: Timestamp) -> Duration? {
        flatMap { [$0.notBefore, $0.notAfter].compactMap(\.self) }.filter { $0 > now }.min().map {
            now.duration(to: $0)
        }
    }
}
