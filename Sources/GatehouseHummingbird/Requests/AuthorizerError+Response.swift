#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// If a handler throws that its own question could not be decided, the answer is that of a guard: 503, with `Retry-After`. A change that is
/// the caller's mistake, such as the assignment of a role that does not exist, is 400. A mistake of the server, such as an authorizer
/// without a store, is 500.
extension AuthorizerError: HTTPResponseError {
    public var status: HTTPResponse.Status { AccessError(self).status }

    public func response(from request: Request, context: some RequestContext) -> Response {
        AccessError(self).response(from: request, context: context)
    }
}
#endif
