extension TokenVerifier {
    /// Judges the claims of a token whose signature holds.
    func judge(_ payload: [UInt8], header: JSONNode, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        guard let claims = try? JSONDocument(parsing: payload).root, claims.kind == .object else {
            throw TokenError(.invalid, "the payload is not a JSON object with unique members")
        }
        let registered = RegisteredClaims(of: claims)
        try configuration.profile.check(subject: registered.subject)
        let token = try requireForms(of: registered, in: claims, header: header)
        try token.lifetime.requireAtMost(configuration.maximumLifetime)
        try requireConfigured(registered)
        try token.lifetime.requireContains(time, skew: configuration.clockSkew)
        return token
    }

    /// That what the claims say can be read at all.
    private func requireForms(
        of registered: RegisteredClaims,
        in claims: JSONNode,
        header: JSONNode
    ) throws(TokenError) -> VerifiedToken {
        guard let subjectNode = registered.subject else { throw Self.missing("sub") }
        guard let subject = subjectNode.string, !subject.isEmpty else {
            throw Self.wrongForm("sub", "not a non-empty string")
        }
        guard let expiry = try Self.date(registered.expiry, "exp") else { throw Self.missing("exp") }
        let lifetime = TokenLifetime(
            expiry: expiry,
            notBefore: try Self.date(registered.notBefore, "nbf"),
            issuedAt: try Self.date(registered.issuedAt, "iat")
        )
        try Self.requireString(registered.issuer, "iss")
        try Self.requireString(registered.authorizedParty, "azp")
        for name in configuration.profile.stringClaims { try Self.requireString(claims.member(name), name) }
        if let audience = registered.audience, audience.kind != .string {
            guard audience.kind == .array, audience.elements.allSatisfy({ $0.kind == .string }) else {
                throw Self.wrongForm("aud", "neither a string nor an array of strings")
            }
        }
        return VerifiedToken(subject: subject, lifetime: lifetime, header: header, claims: claims)
    }

    /// That the claims say what the configuration asks for.
    private func requireConfigured(_ registered: RegisteredClaims) throws(TokenError) {
        if let issuer = configuration.issuer, registered.issuer?.isString(issuer) != true {
            throw TokenError(.invalidIssuer, "the token's issuer is not the configured one", quoting: issuer)
        }
        if !configuration.audiences.isEmpty {
            guard let audience = registered.audience,
                configuration.audiences.contains(where: { audience.isAudience($0) })
            else { throw TokenError(.verificationFailed, "the token is not for a configured audience") }
        }
        if !configuration.authorizedParties.isEmpty {
            let isAccepted =
                registered.authorizedParty.map { party in
                    configuration.authorizedParties.contains { !$0.isEmpty && party.isString($0) }
                } ?? configuration.allowsMissingAuthorizedParty
            guard isAccepted else {
                throw TokenError(.invalidAuthorizedParties, "the token's \"azp\" is not a configured party")
            }
        }
    }

    private static func date(_ node: JSONNode?, _ name: String) throws(TokenError) -> Double? {
        guard let node else { return nil }
        guard let date = node.double else { throw wrongForm(name, "not a finite number") }
        return date
    }

    private static func requireString(_ node: JSONNode?, _ name: String) throws(TokenError) {
        if let node, node.kind != .string { throw wrongForm(name, "not a string") }
    }

    private static func missing(_ name: String) -> TokenError {
        TokenError(.verificationFailed, "the claim \"\(name)\" is missing")
    }

    private static func wrongForm(_ name: String, _ form: String) -> TokenError {
        TokenError(.verificationFailed, "the claim \"\(name.printable)\" is \(form)")
    }
}

extension JSONNode {
    /// Whether this is the audience, or an array that has it (RFC 7519 section 4.1.3).
    fileprivate func isAudience(_ audience: String) -> Bool {
        isString(audience) || elements.contains { $0.isString(audience) }
    }
}
