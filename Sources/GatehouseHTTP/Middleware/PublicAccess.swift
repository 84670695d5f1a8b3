/// Says that anyone may: decides for a request, with a principal or without.
public struct PublicAccess: AuthorizationMiddleware {
    /// Makes the middleware.
    public init() {}

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        var request = request
        request.isDecided = true
        return .proceed(request)
    }
}
