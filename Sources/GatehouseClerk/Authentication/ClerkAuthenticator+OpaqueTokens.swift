import GatehouseBase

extension ClerkAuthenticator {
    /// The largest number of bytes of an opaque token about which the issuer is asked. Clerk's tokens have fewer than a hundred bytes.
    private static let maximumOpaqueByteCount = 1_024

    func authenticate(opaque token: String, _ kind: ClerkTokenKind) async -> Authentication {
        guard configuration.acceptedTokens.contains(kind), let opaqueTokens else {
            return Authentication(TokenError(.typeMismatch, "this kind of token is not accepted"))
        }
        guard token.utf8.count <= Self.maximumOpaqueByteCount else {
            return Authentication(TokenError(.invalid, "the token is longer than 1,024 bytes"))
        }
        guard !token.hasSameBytes(as: kind.opaquePrefix ?? "") else {
            return Authentication(TokenError(.invalid, "the token is nothing but its prefix"))
        }
        switch await opaqueTokens.verdict(on: token, kind) {
        case .good(let found):
            let principal = found.principal(kind, issuer: configuration.issuer ?? "")
            return accepts(clientOf: principal) ? .authenticated(principal) : .otherClient
        case .refused(let error): return Authentication(error)
        case .unknown(let error):
            return .unavailable(code: error.code.rawValue, message: error.message, retryAfter: error.retryAfter)
        }
    }
}
