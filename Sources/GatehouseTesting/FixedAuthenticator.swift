public import GatehouseHTTP
import Synchronization

/// An authenticator for tests, which returns the same sender for each request and counts the requests.
///
/// ```swift
/// let authenticator = FixedAuthenticator(.authenticated(Principal("alice", roles: ["editor"])))
/// let gate = Gate(authenticator, authorizer)
/// ```
public final class FixedAuthenticator: Authenticator {
    private let answer: Authentication
    private let count = Mutex(0)

    /// Makes an authenticator with this answer.
    public init(_ answer: Authentication) {
        self.answer = answer
    }

    /// The number of requests that were authenticated.
    public var requestCount: Int { count.withLock { $0 } }

    /// Returns the fixed answer.
    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        count.withLock { $0 += 1 }
        return answer
    }
}
