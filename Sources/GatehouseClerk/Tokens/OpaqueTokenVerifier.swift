/// Asks whoever gave out an opaque token what it is; Clerk's Backend API knows its own.
///
/// A ``ClerkAuthenticator`` remembers answers for seconds and bounds how often it asks
/// (``ClerkAuthenticator/Configuration/OpaqueTokens``), so that an implementation needs neither memory nor limits. It should
/// return soon when its task is cancelled: until then it keeps one of few places.
public protocol OpaqueTokenVerifier: Sendable {
    /// The issuer's answer about a token; `nil` if the issuer knows no such token.
    ///
    /// - Parameters:
    ///   - token: at most 1,024 bytes, each of which may stand in a header field.
    ///   - kind: the kind that the token begins like.
    /// - Throws: ``OpaqueTokenError`` where it could not be found out; the request is answered with 503.
    func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken?
}
