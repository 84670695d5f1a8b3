import GatehouseBase
import GatehouseTokens

extension SessionCookies {
    /// The cookies of one kind: the plain cookies, or those whose names end with an instance's suffix.
    struct Pair {
        let sessions: [String]
        let signInTimes: [String]

        /// True if several cookies have one name. Otherwise a site that can set a cookie for a neighbouring path or domain could choose the
        /// cookie that is read.
        var isAmbiguous: Bool { sessions.count > 1 || signInTimes.count > 1 }
        var session: String? { sessions.first }
        var signedInAt: String? { signInTimes.first }
        var isSignedOut: Bool { signedInAt == "0" }
    }

    /// Returns true if the suffixed cookies are read (`@clerk/backend`, tokens/authenticateContext.ts, `usesSuffixedCookies`). The claims
    /// are read here without verification, and the chosen token is verified later.
    static func usesSuffixed(_ plain: Pair, _ suffixed: Pair, of key: PublishableKey, at now: Timestamp) -> Bool {
        if let session = plain.session {
            guard let issuer = Claims(session)?.issuer else { return false }
            guard let issuer, issuer.withoutScheme.hasSameBytes(as: key.frontendHost) else { return true }
        }
        if suffixed.signedInAt == nil, suffixed.session == nil { return false }
        let plainIsNewer = issueTime(of: plain) > issueTime(of: suffixed)
        if !suffixed.isSignedOut, !plain.isSignedOut, plainIsNewer { return false }
        if suffixed.isSignedOut, !plain.isSignedOut { return false }
        if key.environment != .production, !suffixed.isSignedOut, plain.isSignedOut,
            let expiry = suffixed.session.flatMap({ Claims($0)?.expiresAt }), expiry <= now.seconds
        {
            return false
        }
        return suffixed.signedInAt != nil || suffixed.session == nil
    }

    private static func issueTime(of pair: Pair) -> Int64 { pair.session.flatMap { Claims($0)?.issuedAt } ?? 0 }

    /// The claims of a token, before any verification.
    private struct Claims {
        /// The issuer; `nil` if the claim is not a text. A token without the claim has the inner value `nil`.
        let issuer: String??
        let issuedAt: Int64?
        let expiresAt: Int64?

        init?(_ jwt: String) {
            let read: Claims? = jwt.withUTF8Bytes { bytes in
                guard let jws = try? CompactJWS(bytes), let payload = try? jws.unverifiedPayload(of: bytes),
                    let claims = try? JSONDocument(parsing: payload).root
                else { return nil }
                return Claims(claims)
            }
            guard let read else { return nil }
            self = read
        }

        private init(_ claims: JSONNode) {
            issuer = claims.member("iss").map(\.string)
            issuedAt = claims.member("iat")?.double.flatMap { Int64(exactly: $0.rounded(.down)) }
            expiresAt = claims.member("exp")?.double.flatMap { Int64(exactly: $0.rounded(.down)) }
        }
    }
}

extension String {
    /// The address without `http://` or `https://` at its start.
    fileprivate var withoutScheme: String {
        for scheme in ["https://", "http://"] where utf8.starts(with: scheme.utf8) {
            return String(Substring(utf8.dropFirst(scheme.utf8.count)))
        }
        return self
    }
}
