import GatehouseBase

extension ClerkTokenKind {
    /// Makes the kind whose opaque tokens begin like the credential; `nil` if there is no such kind.
    package init?(opaque credential: String) {
        let kind = Self.allCases.first { kind in
            kind.opaquePrefix.map { credential.utf8.starts(with: $0.utf8) } == true
        }
        guard let kind else { return nil }
        self = kind
    }

    /// Makes the kind that a JWT claims, before any verification; `nil` if the text is no JWT.
    package init?(claimedBy jwt: String) {
        let parts: (header: JSONNode, claims: JSONNode)? = jwt.withUTF8Bytes { bytes in
            guard let jws = try? CompactJWS(bytes), let payload = try? jws.unverifiedPayload(of: bytes),
                let claims = try? JSONDocument(parsing: payload).root
            else { return nil }
            return (jws.header, claims)
        }
        guard let (header, claims) = parts else { return nil }
        self.init(header: header, subject: claims.member("sub")?.string)
    }

    /// Makes the kind of a verified JWT.
    init(of token: VerifiedToken) {
        self.init(header: token.header, subject: token.subject)
    }

    private init(header: JSONNode, subject: String?) {
        let types = TokenProfile.clerkOAuth.types
        if let type = header.member("typ"), types.contains(where: { type.isString($0, ignoringASCIICase: true) }) {
            self = .oauth
        } else {
            self = subject?.utf8.starts(with: machinePrefix.utf8) == true ? .m2m : .session
        }
    }
}
