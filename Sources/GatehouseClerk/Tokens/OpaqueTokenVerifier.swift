/// A verifier that asks the issuer of an opaque token about the token. Clerk's Backend API answers for Clerk's own tokens.
///
/// A ``ClerkAuthenticator`` remembers answers for seconds and limits the number of calls
/// (``ClerkAuthenticator/Configuration/OpaqueTokens``), so that an implementation needs neither memory nor limits. An implementation should
/// return soon after its task is cancelled, since the call keeps one of few places until then.
public protocol OpaqueTokenVerifier: Sendable {
    /// Returns the issuer's answer about a token; `nil` if the issuer knows no such token.
    ///
    /// - Parameters:
    ///   - token: The token: at most 1,024 bytes, each of which may stand in a header field.
    ///   - kind: The kind of token that the prefix indicates.
    /// - Throws: ``OpaqueTokenError`` if the validity of the token is unknown: the answer is 503.
    func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken?
}
