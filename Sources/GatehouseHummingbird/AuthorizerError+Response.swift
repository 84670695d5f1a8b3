#if Hummingbird
public import Gatehouse
import GatehouseHTTP
public import Hummingbird

/// Where a handler throws that its own question could not be decided, the answer is the middleware's: 503, with `Retry-After`.
extension AuthorizerError: HTTPResponseError {
    public var status: HTTPResponse.Status { .serviceUnavailable }

    public func response(from request: Request, context: some RequestContext) -> Response {
        let asked = AuthorizationRequest(request.head, requestID: context.knownID)
        let reason = Rejection.Reason(code: "undecided", message: description)
        return Response(Refusals().unavailable(asked, reason, retryAfter: retryAfter))
    }
}
#endif
