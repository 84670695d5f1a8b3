#if Server
import GatehouseClerk
import GatehouseHTTP

/// The authenticator of a sidecar: a Clerk instance, or none.
enum SidecarAuthenticator: Authenticator {
    case clerk(ClerkAuthenticator)
    /// No token is accepted.
    case nobody

    func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch self {
        case .clerk(let clerk): await clerk.authenticate(request)
        case .nobody:
            switch BearerCredential(request.headerFields) {
            case .absent: .anonymous
            case .malformed: .malformedCredential
            case .token:
                .rejected(code: "token-type-mismatch", message: "no issuer is configured, and so no token is accepted")
            }
        }
    }

    func principalAtHand(for request: AuthorizationRequest) -> Principal? {
        if case .clerk(let clerk) = self { clerk.principalAtHand(for: request) } else { nil }
    }
}
#endif
