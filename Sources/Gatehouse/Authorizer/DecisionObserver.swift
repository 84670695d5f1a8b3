/// Hears of every decision of an ``Authorizer`` before it is given: an audit log.
public protocol DecisionObserver: Sendable {
    /// Takes a decision on a permission. The method may suspend, and must end in bounded time: the request waits for it.
    ///
    /// - Throws: An error if the decision must not be given, as it could not be kept: the check is undecided (503).
    func observe(_ event: DecisionEvent) async throws

    /// Takes the outcome of a requirement if no decision on a permission tells of the request: each request is told of once. The default
    /// does nothing.
    ///
    /// Requests without a principal are not told of: anybody could send any number of them.
    ///
    /// - Throws: An error if the outcome must not be given, as it could not be kept: the request is undecided (503).
    func observe(_ event: RequirementEvent) async throws
}

extension DecisionObserver {
    public func observe(_ event: RequirementEvent) async throws {}
}
