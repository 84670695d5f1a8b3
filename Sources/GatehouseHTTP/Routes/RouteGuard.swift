/// A guard that judges requests by rules, before anything else is done with them.
///
/// ```swift
/// let routes = RouteGuard(rules, by: clerk, authorizer)
/// switch await routes.authorize(AuthorizationRequest(method: method, path: path, headerFields: fields)) {
/// case .proceed(let request): …  // request.principal is who asks
/// case .reject(let rejection): …  // status, fields and body are ready to send
/// }
/// ```
///
/// The answer to a request without a matching rule is 401 without a principal, and 403 with a principal. The answer to a path that two
/// parsers could read differently is 400 for everybody.
public struct RouteGuard<A: Authenticator>: RequestGuard {
    /// The rules.
    public let rules: RouteRules
    /// The gate that judges a request by the requirement of its rule.
    public let gate: Gate<A>
    private let reading: HostReading
    private let crossOrigin: CrossOriginPolicy?

    /// Makes a guard.
    ///
    /// - Parameters:
    ///   - rules: The rules. The first rule that matches a request decides.
    ///   - authenticator: The authenticator of senders, which is called once for each request to a route that is not public.
    ///   - authorizer: The authorizer that decides for the principal.
    ///   - refusals: The answers to refused requests.
    ///   - reading: The way in which the server's own router reads paths.
    ///   - crossOrigin: The rules for pages of other origins; `nil` if preflights are handled like other requests.
    public init(
        _ rules: RouteRules,
        by authenticator: A,
        _ authorizer: Authorizer,
        refusals: Refusals = Refusals(),
        host reading: HostReading = [],
        crossOrigin: CrossOriginPolicy? = nil
    ) {
        let gate = Gate(authenticator, authorizer, refusals: refusals)
        self.init(rules, gate, host: reading, crossOrigin: crossOrigin)
    }

    /// Makes a guard with a gate.
    public init(
        _ rules: RouteRules,
        _ gate: Gate<A>,
        host reading: HostReading = [],
        crossOrigin: CrossOriginPolicy? = nil
    ) {
        (self.rules, self.gate, self.reading, self.crossOrigin) = (rules, gate, reading, crossOrigin)
    }

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        await gate.measure { await answer(request) }
    }

    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        guard crossOrigin == nil || !request.isPreflight,
            let match = try? rules.match(request.method, request.path, readBy: reading)
        else { return nil }
        let requirement = match.rule.requirement
        // Without placeholders, the request is not copied.
        guard !match.parameters.isEmpty else { return gate.authorizedAtHand(request, requires: requirement) }
        var request = request
        for (name, value) in match.parameters { request.confirmParameter(name, value) }
        return gate.authorizedAtHand(request, requires: requirement)
    }

    private func answer(_ request: AuthorizationRequest) async -> AuthorizationResult {
        guard let crossOrigin else { return await judge(request) }
        if let answer = crossOrigin.answer(to: request) { return .reject(answer) }
        var result = await judge(request)
        if case .reject(var rejection) = result {
            rejection.response.headerFields.append(contentsOf: crossOrigin.fields(for: request))
            result = .reject(rejection)
        }
        return result
    }

    private func judge(_ request: AuthorizationRequest) async -> AuthorizationResult {
        var request = request
        do throws(RequestPathError) {
            let match = try rules.match(request.method, request.path, readBy: reading)
            for (name, value) in match?.parameters ?? [] { request.confirmParameter(name, value) }
            return await gate.decide(request, requires: match?.rule.requirement)
        } catch {
            return .reject(gate.refusals.badPath(request, error))
        }
    }
}
