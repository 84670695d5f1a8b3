/// An observer that is told about every decision of an ``Authorizer`` before the caller gets it, such as an audit log.
public protocol DecisionObserver: Sendable {
    /// Takes a decision about a permission. The method may suspend, and must end in bounded time, since the request waits for it.
    ///
    /// - Throws: An error if the decision could not be recorded, so that the caller must not get it. The check is then undecided (503).
    func observe(_ event: DecisionEvent) async throws

    /// Takes the outcome of a requirement without a decision about a permission, so that each request is reported once. The default does
    /// nothing.
    ///
    /// Requests without a principal are not reported, since anybody could send any number of them.
    ///
    /// - Throws: An error if the outcome could not be recorded, so that the caller must not get it. The request is then undecided (503).
    func observe(_ event: RequirementEvent) async throws
}

extension DecisionObserver {
    public func observe(_ event: RequirementEvent) async throws {}
}
