/// What becomes of a request.
public enum AuthorizationResult: Sendable {
    /// The request goes on, as it stands here.
    case proceed(AuthorizationRequest)
    /// The request is answered at once.
    case reject(Rejection)
}
