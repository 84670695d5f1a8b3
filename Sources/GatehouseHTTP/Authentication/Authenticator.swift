/// Finds out who sent a request, from the credential that it carries.
public protocol Authenticator: Sendable {
    /// Returns the sender of a request, by its credential.
    func authenticate(_ request: AuthorizationRequest) async -> Authentication

    /// Returns the sender of a request whose credential was accepted before, and still is; `nil` if ``authenticate(_:)`` has to be asked.
    ///
    /// A guard asks here first, since an answer without suspension costs less. An answer is one that ``authenticate(_:)`` would
    /// give as well.
    func principalAtHand(for request: AuthorizationRequest) -> Principal?
}

extension Authenticator {
    /// `nil`, since nothing is remembered.
    public func principalAtHand(for request: AuthorizationRequest) -> Principal? { nil }
}
