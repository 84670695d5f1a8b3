extension Authorizer {
    /// Tells the observers about a decision before the caller gets it.
    ///
    /// - Throws: ``AuthorizerError`` with the code `observerFailed` if an observer did not take the decision.
    func tell(
        _ check: @autoclosure () -> AccessCheck,
        isAllowed: Bool,
        _ roles: ResolvedRoles?
    ) async throws(AuthorizerError) {
        guard !observers.isEmpty else { return }
        let check = check()
        let event = DecisionEvent(
            check,
            isAllowed: isAllowed,
            roles: roles,
            membershipRevision: roles == nil ? nil : membershipRevision(of: check.principal),
            engine: roles?.engine ?? policy.engine,
            permissionSource: permissionSource,
            ownIssuer: ownIssuer
        )
        for observer in observers {
            do {
                try await observer.observe(event)
            } catch {
                throw AuthorizerError(observer: error)
            }
        }
    }

    /// Tells the observers about the outcome of a requirement before the caller gets it, unless they were told about a permission.
    ///
    /// - Returns: The outcome; `unavailable` if an observer did not take it.
    package func tell(
        _ outcome: Requirement.Outcome,
        of requirement: Requirement?,
        for principal: Principal?
    ) async -> Requirement.Outcome {
        guard !observers.isEmpty,
            let event = RequirementEvent(requirement, outcome, for: principal, at: clock.now())
        else { return outcome }
        for observer in observers {
            do {
                try await observer.observe(event)
            } catch {
                let failure = AuthorizerError(observer: error)
                return .unavailable("\(failure)", retryAfter: failure.retryAfter)
            }
        }
        return outcome
    }

    /// Returns the state of the membership source from which a principal's roles were loaded; `nil` if no roles were loaded, or if the
    /// source does not count its states.
    private func membershipRevision(of principal: Principal) -> MembershipRevision? {
        guard !principal.holdsNothing, !memberships.claimed(by: principal).isComplete else { return nil }
        return scope(of: principal).withKey(organization: principal.organization?.id, user: principal.id) {
            cache.revision(of: $0)
        }
    }
}
