extension ClerkClient {
    /// Returns the keys that sign the instance's tokens, as a JWK Set. The request does not count against Clerk's limits.
    public func jwks() async throws(ClerkError) -> JSONValue { try await send(ClerkRequest("GetJWKS")) }

    /// Returns a token that lets automated tests of a front end pass Clerk's bot protection.
    public func createTestingToken() async throws(ClerkError) -> String {
        guard let token = try await send(ClerkRequest("CreateTestingToken")).text("token") else {
            throw ClerkError(.invalidAnswer, "the answer has no token", operation: "CreateTestingToken")
        }
        return token
    }

    /// Takes an OAuth access token back.
    public func revoke(oauthToken token: String, of application: String) async throws(ClerkError) {
        let request = ClerkRequest("RevokeOAuthApplicationToken", path: [application], body: ["token": .string(token)])
        _ = try await send(request)
    }

    /// Returns the secret in an answer.
    func secret(_ request: ClerkRequest) async throws(ClerkError) -> String {
        guard let secret = try await send(request).text("secret") else {
            throw ClerkError(.invalidAnswer, "the answer has no secret", operation: request.operation)
        }
        return secret
    }
}
