/// The claims that a verifier reads (RFC 7519 section 4.1, and `azp` of OpenID Connect).
struct RegisteredClaims {
    let subject: JSONNode?
    let issuer: JSONNode?
    let audience: JSONNode?
    let authorizedParty: JSONNode?
    let expiry: JSONNode?
    let notBefore: JSONNode?
    let issuedAt: JSONNode?

    init(of claims: JSONNode) {
        subject = claims.member("sub")
        issuer = claims.member("iss")
        audience = claims.member("aud")
        authorizedParty = claims.member("azp")
        expiry = claims.member("exp")
        notBefore = claims.member("nbf")
        issuedAt = claims.member("iat")
    }
}
