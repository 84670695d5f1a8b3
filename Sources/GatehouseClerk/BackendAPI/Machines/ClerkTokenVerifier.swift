/// A verifier that asks Clerk about opaque tokens: tokens of machines, OAuth access tokens and API keys.
///
/// ```swift
/// let authenticator = ClerkAuthenticator(…, opaqueTokens: ClerkTokenVerifier(clerk))
/// ```
///
/// A ``ClerkAuthenticator`` remembers the answers and limits the number of calls.
public struct ClerkTokenVerifier: OpaqueTokenVerifier {
    private let client: ClerkClient

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - client: The client of the instance.
    ///   - deadline: The longest time for an answer of Clerk.
    public init(_ client: ClerkClient, deadline: Duration = .seconds(5)) {
        self.client = client.with(deadline: deadline)
    }

    public func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken? {
        let request: ClerkRequest
        switch kind {
        case .m2m: request = ClerkRequest("verifyM2MToken", body: ["token": .string(token)])
        case .oauth: request = ClerkRequest("verifyOAuthAccessToken", body: ["access_token": .string(token)])
        case .apiKey: request = ClerkRequest("verifyApiKey", body: ["secret": .string(token)])
        case .session: return nil
        }
        do throws(ClerkError) {
            return OpaqueToken(clerk: try await client.send(request))
        } catch {
            // The status 400 or 404 means that there is no such token. Any other status means nothing for the token.
            if error.code == .notFound || error.status == 400 { return nil }
            let code = error.code == .unauthorized ? OpaqueTokenError.Code.secretKeyInvalid : .unexpected
            throw OpaqueTokenError(code, "\(error)", retryAfter: error.retryAfter)
        }
    }
}

extension OpaqueToken {
    /// Makes a token from Clerk's answer; `nil` if the answer only states that the token is not active.
    fileprivate init?(clerk answer: JSONValue) {
        guard let id = answer.text("id"), let subject = answer.text("subject") else { return nil }
        self.init(
            id: id,
            subject: subject,
            scopes: answer.texts("scopes"),
            clientID: answer.text("client_id"),
            claims: answer.metadata("claims"),
            // A missing flag counts against the token, except for `active`.
            isRevoked: answer.flag("revoked") ?? true,
            isExpired: answer.flag("expired") ?? true,
            isActive: answer.flag("active") ?? true,
            expiresAt: answer.time("expiration")
        )
    }
}
