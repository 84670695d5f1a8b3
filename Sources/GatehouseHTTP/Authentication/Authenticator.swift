/// Finds out who sent a request, from the credential that it carries.
public protocol Authenticator: Sendable {
    /// Who sent a request.
    func authenticate(_ request: AuthorizationRequest) async -> Authentication
}
