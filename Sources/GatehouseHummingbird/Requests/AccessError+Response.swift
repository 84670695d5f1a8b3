#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// The answer to this error is the answer of a guard with the default refusals. Behind a ``GuardedRouter`` or a ``GuardMiddleware``, the
/// refusals of the router or of the middleware apply.
extension AccessError: HTTPResponseError {
    public var status: HTTPResponse.Status {
        switch code {
        case .unauthenticated: .unauthorized
        case .unavailable: .serviceUnavailable
        case .badRequest: .badRequest
        case .internalError: .internalServerError
        default: .forbidden
        }
    }

    public func response(from request: Request, context: some RequestContext) -> Response {
        let principal = (context as? any PrincipalRequestContext)?.principal
        let asked = AuthorizationRequest(request.head, knownAs: context.knownID, principal: principal)
        return context.response(to: asked, rejectedBy: Refusals().rejection(of: asked, for: self))
    }
}
#endif
