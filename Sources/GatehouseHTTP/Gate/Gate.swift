/// A gate that accepts or refuses a request, by the requirement of its route. A route without a requirement is closed.
///
/// ```swift
/// let gate = Gate(clerk, authorizer)
/// let request = AuthorizationRequest(method: method, path: path, headerFields: fields)
/// switch await gate.authorize(request, requires: .permission("org:invoices:read")) {
/// case .proceed(let request): …  // request.principal is who asks
/// case .reject(let rejection): …  // status, fields and body are ready to send
/// }
/// ```
///
/// A gate serves every server: an adapter, such as a guarded router, only states the requirements of its routes.
public struct Gate<A: Authenticator>: Sendable {
    /// The authorizer that decides.
    public let authorizer: Authorizer
    /// The answers to refused requests.
    public let refusals: Refusals
    private let authentication: AuthenticationGuard<A>
    private let metrics: DecisionMetrics?

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - authenticator: The authenticator that finds the principal of a request.
    ///   - authorizer: The authorizer that decides.
    ///   - refusals: The answers to refused requests.
    ///   - metrics: The metrics of decisions; `nil` for none.
    public init(
        _ authenticator: A,
        _ authorizer: Authorizer,
        refusals: Refusals = Refusals(),
        metrics: DecisionMetrics? = nil
    ) {
        self.metrics = metrics
        self.authorizer = authorizer
        self.refusals = refusals
        authentication = AuthenticationGuard(authenticator, refusals: refusals)
    }

    /// Accepts a request with the principal of its credential, or rejects the request.
    ///
    /// A request to a route that is open to everybody, as with `Requirement.public`, is accepted unchanged. Its credential is not checked,
    /// since it may belong to the application. Otherwise the credential is checked once, and then the requirement, by one snapshot.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - requirement: The requirement of the route; `nil` for a route without a requirement, which is closed: 401 without a principal,
    ///     and 403 with a principal.
    public func authorize(
        _ request: AuthorizationRequest,
        requires requirement: Requirement?
    ) async -> AuthorizationResult {
        await measure { await decide(request, requires: requirement) }
    }

    /// Decides, and records the decision in the metrics.
    func measure(_ decide: () async -> AuthorizationResult) async -> AuthorizationResult {
        guard let metrics else { return await decide() }
        return await metrics.measure(decide)
    }

    /// Decides without metrics.
    func decide(_ request: AuthorizationRequest, requires requirement: Requirement?) async -> AuthorizationResult {
        if let requirement, let authorized = knownToBeAuthorized(request, requires: requirement) {
            return .proceed(authorized)
        }
        switch await authenticate(request) {
        case .proceed(let request):
            guard let requirement else {
                let reason = "the route does not say what it requires, and is closed"
                return .reject(await authorizer.refusing(request, nil, reason, refusals))
            }
            return await RequirementGuard(requirement, by: authorizer, refusals: refusals).authorize(request)
        case .reject(let rejection):
            return .reject(rejection)
        }
    }

    /// Returns the request with its principal, and records the decision in the metrics, if the decision is known without suspension; `nil`
    /// if ``authorize(_:requires:)`` has to be called.
    package func authorizedAtHand(
        _ request: AuthorizationRequest,
        requires requirement: Requirement
    ) -> AuthorizationRequest? {
        guard let metrics else { return knownToBeAuthorized(request, requires: requirement) }
        return metrics.measureKnown { knownToBeAuthorized(request, requires: requirement) }
    }

    private func knownToBeAuthorized(
        _ request: AuthorizationRequest,
        requires requirement: Requirement
    ) -> AuthorizationRequest? {
        // A credential that is not required is not checked.
        if requirement.isPublic { return request.decided }
        guard request.parameterFault == nil,
            let principal = authentication.authenticator.principalAtHand(for: request),
            requirement.isKnownToBeMet(by: principal, parameters: request.parameters, authorizer)
        else { return nil }
        metrics?.countKnownAuthentication()
        var request = request
        request.principal = principal
        request.isDecided = true
        return request
    }

    private func authenticate(_ request: AuthorizationRequest) async -> AuthorizationResult {
        guard let metrics else { return await authentication.authorize(request) }
        return await metrics.measureAuthentication { await authentication.authorize(request) }
    }
}
