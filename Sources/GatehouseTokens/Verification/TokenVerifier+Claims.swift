extension TokenVerifier {
    /// Checks the claims of a token with a valid signature.
    func judge(_ payload: [UInt8], header: JSONNode, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        guard let claims = try? JSONDocument(parsing: payload).root, claims.kind == .object else {
            throw TokenError(.invalid, "the payload is not a JSON object with unique members")
        }
        let registered = RegisteredClaims(of: claims)
        try configuration.profile.check(subject: registered.subject)
        let token = try VerifiedToken(registered, claims, header: header, strings: configuration.profile.stringClaims)
        try token.lifetime.requireAtMost(configuration.maximumLifetime)
        try requireConfigured(registered)
        try token.lifetime.requireContains(time, skew: configuration.clockSkew)
        return token
    }

    /// Checks that the claims meet the demands of the configuration.
    private func requireConfigured(_ registered: RegisteredClaims) throws(TokenError) {
        if let issuer = configuration.issuer, registered.issuer?.isString(issuer) != true {
            let fault =
                registered.issuer == nil
                ? "the token has no \"iss\", and needs the configured issuer"
                : "the token's \"iss\" differs from the configured issuer"
            throw TokenError(.invalidIssuer, fault, quoting: issuer)
        }
        if !configuration.audiences.isEmpty {
            guard let audience = registered.audience else {
                throw TokenError(.verificationFailed, "the token has no \"aud\", and audiences are configured")
            }
            guard configuration.audiences.contains(where: { audience.isAudience($0) }) else {
                throw TokenError(.verificationFailed, "the token's \"aud\" has no configured audience")
            }
        }
        if !configuration.authorizedParties.isEmpty {
            if let party = registered.authorizedParty {
                guard configuration.authorizedParties.contains(where: { !$0.isEmpty && party.isString($0) }) else {
                    throw TokenError(
                        .invalidAuthorizedParties,
                        "the token's \"azp\" is not a configured authorized party"
                    )
                }
            } else if !configuration.allowsMissingAuthorizedParty {
                throw TokenError(
                    .invalidAuthorizedParties,
                    "the token has no \"azp\", and authorized parties are configured"
                )
            }
        }
    }
}

extension JSONNode {
    /// Returns true if the claim is the audience, or an array that contains the audience (RFC 7519 section 4.1.3).
    fileprivate func isAudience(_ audience: String) -> Bool {
        isString(audience) || elements.contains { $0.isString(audience) }
    }
}
