import GatehouseBase
public import GatehouseTokens

/// An authenticator for the tokens of several issuers on one route. The token's `iss`, compared by bytes, selects the authenticator, each
/// of which has its own keys.
///
/// ```swift
/// let authenticator = try IssuerAuthenticator([
///     ("https://staff.example.com", staff),
///     ("https://partners.example.com", partners),
/// ])
/// ```
///
/// Two authenticators in a row would each refuse the tokens that the other accepts.
public struct IssuerAuthenticator: Authenticator {
    private let authenticators: [ByteText: any Authenticator]
    private let other: (any Authenticator)?

    /// Makes an authenticator from several.
    ///
    /// - Parameters:
    ///   - authenticators: The authenticators of the issuers. The principals of each must belong to the issuer.
    ///   - other: The authenticator of requests without a JWT, with opaque tokens or cookies; `nil` if such requests have no principal.
    /// - Throws: `SettingError` for an issuer that is empty or repeated.
    public init(
        _ authenticators: [(issuer: String, authenticator: any Authenticator)],
        otherwise other: (any Authenticator)? = nil
    ) throws(SettingError) {
        var known: [ByteText: any Authenticator] = [:]
        for (issuer, authenticator) in authenticators {
            guard !issuer.isEmpty, known.updateValue(authenticator, forKey: ByteText(issuer)) == nil else {
                throw SettingError(
                    .malformed,
                    "issuer",
                    "an issuer has a name, and is there once: “\(issuer.printable)”"
                )
            }
        }
        (self.authenticators, self.other) = (known, other)
    }

    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch BearerCredential(request.headerFields) {
        case .malformed: return .malformedCredential
        case .absent: return await other?.authenticate(request) ?? .anonymous
        case .token(let token):
            guard let issuer = Self.issuer(claimedBy: token) else {
                return await other?.authenticate(request)
                    ?? .rejected(code: TokenError.Code.invalid.rawValue, message: "the token names no issuer")
            }
            guard let authenticator = authenticators[ByteText(issuer)] else {
                return .rejected(
                    code: TokenError.Code.invalidIssuer.rawValue,
                    message: "the token's issuer is not accepted"
                )
            }
            let authentication = await authenticator.authenticate(request)
            guard case .authenticated(let principal) = authentication, !principal.issuer.hasSameBytes(as: issuer) else {
                return authentication
            }
            return .rejected(
                code: TokenError.Code.invalidIssuer.rawValue,
                message: "the principal is not one of the issuer that the token names"
            )
        }
    }

    /// Returns the issuer that an unverified JWT names; `nil` for a text that is not a JWT.
    private static func issuer(claimedBy jwt: String) -> String? {
        jwt.withUTF8Bytes { bytes in
            guard let jws = try? CompactJWS(bytes), let payload = try? jws.unverifiedPayload(of: bytes),
                let claims = try? JSONDocument(parsing: payload).root
            else { return nil }
            return claims.member("iss")?.string
        }
    }
}
