/// A type that finds the sender of a request by its credential.
public protocol Authenticator: Sendable {
    /// Returns the sender of a request, by its credential.
    func authenticate(_ request: AuthorizationRequest) async -> Authentication

    /// Returns the sender of a request whose credential was accepted before and still is; `nil` if ``authenticate(_:)`` has to be called.
    ///
    /// A guard calls this method first, since an answer without suspension costs less. The answer must equal the answer of
    /// ``authenticate(_:)``.
    func principalAtHand(for request: AuthorizationRequest) -> Principal?
}

extension Authenticator {
    /// Returns `nil`, since nothing is remembered.
    public func principalAtHand(for request: AuthorizationRequest) -> Principal? { nil }
}
