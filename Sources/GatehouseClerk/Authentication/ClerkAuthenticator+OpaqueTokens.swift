extension ClerkAuthenticator {
    /// The most bytes of an opaque token that is asked about. Clerk's have fewer than a hundred.
    private static let maximumOpaqueByteCount = 1_024

    func authenticate(opaque token: String, _ kind: ClerkTokenKind) async -> Authentication {
        guard configuration.acceptedTokens.contains(kind), let opaqueTokens else {
            return Authentication(TokenError(.typeMismatch, "this kind of token is not accepted"))
        }
        guard token.utf8.count <= Self.maximumOpaqueByteCount else {
            return Authentication(TokenError(.invalid, "the token is longer than 1,024 bytes"))
        }
        let found: OpaqueToken?
        do throws(OpaqueTokenError) {
            found = try await opaqueTokens.verify(token, kind: kind)
        } catch {
            return .unavailable(code: error.code, message: error.message, retryAfter: error.retryAfter)
        }
        do throws(TokenError) {
            guard let found else { throw TokenError(.invalid, "the issuer knows no such token") }
            try found.requireGood(kind, at: clock.now(), skew: configuration.clockSkew)
            let principal = found.principal(kind, issuer: configuration.issuer ?? "")
            return accepts(clientOf: principal) ? .authenticated(principal) : .otherClient
        } catch {
            return Authentication(error)
        }
    }
}
