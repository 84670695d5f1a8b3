/// A verifier that asks the issuer of an opaque token about the token; Clerk's Backend API knows Clerk's own tokens.
///
/// A ``ClerkAuthenticator`` remembers answers for seconds and bounds the number of calls
/// (``ClerkAuthenticator/Configuration/OpaqueTokens``), so that an implementation needs neither memory nor limits. An implementation
/// should return soon when its task is cancelled: until then the call keeps one of few places.
public protocol OpaqueTokenVerifier: Sendable {
    /// Returns the issuer's answer about a token; `nil` if the issuer knows no such token.
    ///
    /// - Parameters:
    ///   - token: The token: at most 1,024 bytes, each of which may stand in a header field.
    ///   - kind: The kind of token whose prefix the token has.
    /// - Throws: ``OpaqueTokenError`` if it cannot be found out whether the token is good; the request is answered with 503.
    func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken?
}
