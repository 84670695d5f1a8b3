import GatehouseBase

/// A guard that accepts a request only if a requirement is met. Otherwise the answer is 401 without a principal, 403 if the requirement is
/// not met, and 503 if no decision was possible.
///
/// A role for one resource counts only if the requirement names that resource by the path, or if a handler asks about the resource.
public struct RequirementGuard: RequestGuard {
    private let requirement: Requirement
    private let authorizer: Authorizer
    private let refusals: Refusals

    /// Makes a guard.
    ///
    /// - Parameters:
    ///   - requirement: The requirement.
    ///   - authorizer: The authorizer that decides about permissions and roles.
    ///   - refusals: The answers to refused requests.
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {
        self.requirement = requirement
        self.authorizer = authorizer
        self.refusals = refusals
    }

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        if let fault = request.parameterFault, fault.refuses(requirement) {
            return .reject(await authorizer.refusing(request, requirement, fault.sentence, refusals))
        }
        if let known = authorizedAtHand(request) { return .proceed(known) }
        let principal = requirement.principal(request.principal, choosingBy: request.parameters)
        let context = Requirement.Context(
            principal: principal,
            parameters: request.parameters,
            authorizer: authorizer
        )
        let outcome = await authorizer.telling(of: request) { await requirement.evaluate(context) }
        var request = request
        request.principal = principal
        if let error = AccessError(outcome) {
            return .reject(refusals.rejection(of: request, for: error))
        }
        return .proceed(request.decided)
    }

    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        guard request.parameterFault == nil, let principal = request.principal,
            requirement.isKnownToBeMet(by: principal, parameters: request.parameters, authorizer)
        else { return nil }
        return request.decided
    }
}
