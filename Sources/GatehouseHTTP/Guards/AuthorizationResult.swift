/// The answer of a guard to a request.
public enum AuthorizationResult: Sendable {
    /// The request goes on in this form.
    case proceed(AuthorizationRequest)
    /// The request is answered at once.
    case reject(Rejection)
}
