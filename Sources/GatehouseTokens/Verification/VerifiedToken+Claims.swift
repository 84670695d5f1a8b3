extension VerifiedToken {
    /// Makes a token from unverified claims, for tests of code that takes a verified token.
    ///
    /// - Parameters:
    ///   - claims: The claims, which must include `sub` and `exp`.
    ///   - header: The header.
    /// - Throws: ``TokenError`` if a registered claim is missing or has the wrong form, as a verifier does.
    public init(unverifiedClaims claims: JSONValue, header: JSONValue = [:]) throws(TokenError) {
        func node(_ value: JSONValue) throws(TokenError) -> JSONNode {
            guard let node = try? JSONDocument(parsing: value.utf8).root, node.kind == .object else {
                throw TokenError(.invalid, "the claims and the header must be JSON objects with unique members")
            }
            return node
        }
        let claims = try node(claims)
        try self.init(RegisteredClaims(of: claims), claims, header: try node(header), strings: [])
    }

    /// Reads the registered claims, and checks their form.
    ///
    /// - Parameter strings: The claims that must be strings if they are present, in addition to `iss` and `azp`.
    /// - Throws: ``TokenError`` if `sub` or `exp` is missing, or if a claim has the wrong form.
    init(
        _ registered: RegisteredClaims,
        _ claims: JSONNode,
        header: JSONNode,
        strings: [String]
    ) throws(TokenError) {
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
        for name in strings { try Self.requireString(claims.member(name), name) }
        if let audience = registered.audience, audience.kind != .string {
            guard audience.kind == .array, audience.elements.allSatisfy({ $0.kind == .string }) else {
                throw Self.wrongForm("aud", "neither a string nor an array of strings")
            }
        }
        self.init(subject: subject, lifetime: lifetime, header: header, claims: claims)
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
