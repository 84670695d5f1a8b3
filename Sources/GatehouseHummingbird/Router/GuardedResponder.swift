#if Hummingbird
import GatehouseHTTP
import Hummingbird

/// A handler behind a guard: it runs where the gate lets the request go on.
struct GuardedResponder<Handler: HTTPResponder, A: Authenticator>: HTTPResponder
where Handler.Context: PrincipalRequestContext {
    typealias Context = Handler.Context

    private let handler: Handler
    private let gate: Gate<A>
    private let requirement: Requirement?
    /// True if the requirement looks at what the path names.
    private let isAboutPath: Bool
    private let name: String
    private let placeholders: [String]
    /// The findings that kept the route closed when it was registered.
    let findings: [RouteFinding]

    init(_ handler: Handler, of route: GuardedRoute, by gate: Gate<A>) {
        self.handler = handler
        self.gate = gate
        requirement = route.requirement
        isAboutPath = requirement?.leaves.contains(where: \.isAboutPath) ?? false
        (name, placeholders) = (route.name, route.placeholders)
        findings = gate.authorizer.findings(on: requirement, route: name, placeholders: placeholders)
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        let id = context.access.seen?.request.requestID ?? context.knownID
        var asked = AuthorizationRequest(request.head, knownAs: id, principal: context.principal)
        if isAboutPath {
            asked.addParameters(context.parameters)
        }
        let authorized: AuthorizationRequest
        if findings.isEmpty, let requirement, let known = gate.authorizedAtHand(asked, requires: requirement) {
            authorized = known
        } else {
            switch await gate.authorize(asked, requires: soundRequirement) {
            case .proceed(let judged): authorized = judged
            case .reject(let rejection): return context.response(to: asked, rejectedBy: rejection)
            }
        }
        RequestLog(context.logger).accepted(authorized)
        var context = context
        context.access = RequestAccess(authorized, context.access.seen)
        do {
            return try await handler.respond(to: request, context: context)
        } catch let error as AccessError {
            return answer(authorized, error, context)
        } catch let error as AuthorizerError where error.code != .noStore {
            return answer(authorized, AccessError(error), context)
        }
    }

    /// The requirement. Nobody meets a requirement that was wrong and still is under the policy in force.
    private var soundRequirement: Requirement? {
        guard !findings.isEmpty else { return requirement }
        let findings = gate.authorizer.findings(on: requirement, route: name, placeholders: placeholders)
        return findings.first.map { finding in
            .custom("closed route") { _ in .refused(finding.message) }
        } ?? requirement
    }

    /// The answer to what a handler throws, as the guard would give it.
    private func answer(_ request: AuthorizationRequest, _ error: AccessError, _ context: Context) -> Response {
        context.response(to: request, rejectedBy: gate.refusals.rejection(of: request, for: error))
    }
}

extension Requirement {
    /// True if it looks at what the path names, if it combines no others. A closure may.
    fileprivate var isAboutPath: Bool {
        if case .custom = self { true } else { pathParameter != nil }
    }
}
#endif
