#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// Outside a ``GuardedRouter``, which answers by its own refusals, the answer is that of a guard with the default ones.
extension AccessError: HTTPResponseError {
    public var status: HTTPResponse.Status {
        switch code {
        case .unauthenticated: .unauthorized
        case .unavailable: .serviceUnavailable
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
