extension Authorizer {
    /// Tells the observers of a decision before it is given.
    ///
    /// - Throws: ``AuthorizerError`` with the code `observerFailed` where one did not take it.
    func tell(
        _ check: @autoclosure () -> AccessCheck,
        isAllowed: Bool,
        _ roles: ResolvedRoles?
    ) async throws(AuthorizerError) {
        guard !observers.isEmpty else { return }
        let event = DecisionEvent(
            check(),
            isAllowed: isAllowed,
            roles: roles,
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
}
