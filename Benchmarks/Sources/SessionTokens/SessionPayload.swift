public import JWTKit

/// The session token as a user of jwt-kit reads it.
public struct SessionPayload: JWTPayload {
    public struct Organization: Codable, Sendable {
        public var id: String
        public var slg: String
        public var rol: String
        public var per: String
        public var fpm: String
    }

    public var sub: SubjectClaim
    public var iss: IssuerClaim
    public var exp: ExpirationClaim
    public var nbf: NotBeforeClaim
    public var azp: String
    public var sid: String
    public var v: Int
    public var fea: String
    public var fva: [Int]
    public var o: Organization

    public func verify(using algorithm: some JWTAlgorithm) throws {
        try exp.verifyNotExpired()
        try nbf.verifyNotBefore()
        guard iss.value == SessionToken.issuer, azp == SessionToken.authorizedParty else {
            throw JWTError.claimVerificationFailure(failedClaim: iss, reason: "another issuer or party")
        }
    }
}
