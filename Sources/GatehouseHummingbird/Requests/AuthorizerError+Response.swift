#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// If a handler throws that its own question could not be decided, the answer is that of a guard: 503, with `Retry-After`. If the
/// authorizer lacks the store that the handler asks for, the mistake is the server's: 500.
extension AuthorizerError: HTTPResponseError {
    public var status: HTTPResponse.Status { code == .noStore ? .internalServerError : .serviceUnavailable }

    public func response(from request: Request, context: some RequestContext) -> Response {
        guard code != .noStore else { return Response(status: status) }
        return AccessError(self).response(from: request, context: context)
    }
}
#endif
