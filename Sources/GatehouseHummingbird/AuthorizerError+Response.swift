#if Hummingbird
public import Gatehouse
import GatehouseHTTP
public import Hummingbird

/// Where a handler throws that its own question could not be decided, the answer is that of a middleware with the default refusals:
/// 503, with `Retry-After`. An authorizer without the store that the handler asks for is a mistake of the server's: 500.
extension AuthorizerError: HTTPResponseError {
    public var status: HTTPResponse.Status { code == .noStore ? .internalServerError : .serviceUnavailable }

    public func response(from request: Request, context: some RequestContext) -> Response {
        guard code != .noStore else { return Response(status: status) }
        let asked = AuthorizationRequest(request.head, requestID: context.knownID)
        let reason = Rejection.Reason(code: "undecided", message: description)
        let rejection = Refusals().unavailable(asked, reason, retryAfter: retryAfter)
        return context.response(to: asked, rejectedBy: rejection)
    }
}
#endif
