/// The outcome of a requirement for a request, where no decision on a permission tells of it: a role, a step up, or a route that is closed.
public struct RequirementEvent: Sendable {
    /// The requirement; `nil` if the route does not say what it requires, and so is closed.
    public let requirement: Requirement?
    /// The principal that asked.
    public let principal: Principal
    /// True if the request may go on.
    public let isAllowed: Bool
    /// The reason of a refusal, which may name the principal; `nil` if it was allowed.
    public let reason: String?
    /// The proof of who they are that the user has to give once more, where nothing else is missing; else `nil`.
    public let reverification: Reverification?
    /// The time of the decision.
    public let time: Timestamp
    /// The request that it was for; `nil` if it was for none that is known.
    public let request: RequestDescription?

    /// Makes the event of an outcome; `nil` if nobody is known who asked, or nothing was decided.
    init?(_ requirement: Requirement?, _ outcome: Requirement.Outcome, for principal: Principal?, at time: Timestamp) {
        guard let principal else { return nil }
        switch outcome {
        case .allowed: (isAllowed, reason, reverification) = (true, nil, nil)
        case .refused(let reason, let reverification):
            (isAllowed, self.reason, self.reverification) = (false, reason, reverification)
        case .unauthenticated, .unavailable: return nil
        }
        (self.requirement, self.principal, self.time) = (requirement, principal, time)
        request = RequestDescription.current
    }
}
