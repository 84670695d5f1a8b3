#if Hummingbird
import GatehouseHTTP
import Hummingbird

/// A handler behind a guard. The handler runs if the gate accepts the request.
struct GuardedResponder<Handler: HTTPResponder, A: Authenticator>: HTTPResponder
where Handler.Context: PrincipalRequestContext {
    typealias Context = Handler.Context

    private let handler: Handler
    private let gate: Gate<A>
    private let requirement: Requirement?
    /// True if the requirement depends on placeholders of the path.
    private let isAboutPath: Bool
    private let name: String
    private let placeholders: [String]
    /// The findings that kept the route closed when it was registered.
    let findings: [RouteFinding]

    init(_ handler: Handler, of route: GuardedRoute, by gate: Gate<A>) {
        self.handler = handler
        self.gate = gate
        requirement = route.requirement
        isAboutPath = requirement?.dependsOnPath ?? false
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
        } catch {
            return try context.response(to: authorized, for: error, gate.refusals)
        }
    }

    /// The requirement, or a requirement that nobody meets. The second stands in place of a requirement that was wrong when the route was
    /// registered and still is wrong under the current policy.
    private var soundRequirement: Requirement? {
        guard !findings.isEmpty else { return requirement }
        let findings = gate.authorizer.findings(on: requirement, route: name, placeholders: placeholders)
        return findings.first.map { finding in
            .custom("closed route") { _ in .refused(finding.message) }
        } ?? requirement
    }
}
#endif
