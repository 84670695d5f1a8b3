/// Hears of every decision of an ``Authorizer`` before it is given: an audit log.
public protocol DecisionObserver: Sendable {
    /// Takes a decision on a permission. It may wait, and must end in bounded time: the request waits for it.
    ///
    /// - Throws: An error if the decision must not be given, as it could not be kept: the check is undecided (503).
    func observe(_ event: DecisionEvent) async throws

    /// Takes the outcome of a requirement that no decision on a permission tells of: a request is told of once. Without this method nothing
    /// is done with it.
    ///
    /// A request without a principal is not told of: whoever likes could send any number.
    ///
    /// - Throws: An error if the outcome must not be given, as it could not be kept: the request is undecided (503).
    func observe(_ event: RequirementEvent) async throws
}

extension DecisionObserver {
    public func observe(_ event: RequirementEvent) async throws {}
}
