/// Hears of every decision of an ``Authorizer`` before it is given: an audit log.
public protocol DecisionObserver: Sendable {
    /// Takes a decision. It may wait, and must end in bounded time: the request waits for it.
    ///
    /// - Throws: An error if the decision must not be given, as it could not be kept: the check is undecided (503).
    func observe(_ event: DecisionEvent) async throws
}
