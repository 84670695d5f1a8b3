/// The outcome of a requirement for a request without a decision about a permission: a role, a reverification, or a closed route.
public struct RequirementEvent: Sendable {
    /// The requirement; `nil` for a route without a requirement, which is closed.
    public let requirement: Requirement?
    /// The principal that sent the request.
    public let principal: Principal
    /// True if the request may go on.
    public let isAllowed: Bool
    /// The reason of a refusal, which may name the principal; `nil` if the request was allowed.
    public let reason: String?
    /// The reverification that the user needs, if nothing else is missing; otherwise `nil`.
    public let reverification: Reverification?
    /// The time of the decision.
    public let time: Timestamp
    /// The request of the requirement; `nil` if it is unknown.
    public let request: RequestDescription?

    /// Makes the event of an outcome; `nil` without a principal or without a decision.
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
