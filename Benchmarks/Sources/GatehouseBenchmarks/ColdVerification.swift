import GatehouseTesting
import GatehouseTokens
import JWTKit

/// One RS256 token, as Clerk shapes it, that nobody has seen before: by us, by libcrypto alone, and by jwt-kit.
struct ColdVerification {
    private let token: String
    private let keys: KeySet
    private let time: Timestamp
    private let verifier: TokenVerifier
    private let raw: RawVerification
    private let signature: [UInt8]
    private let signed: [UInt8]

    init() throws {
        let keyPair = try KeyPair(id: "ins_2GIoQhbUpy0hX7B2cVkuTMinXoD")
        // To the second, as Clerk writes dates.
        time = Timestamp(clampingSecondsSinceEpoch: WallClock.system.now().secondsSinceEpoch.rounded(.down))
        token = try TokenMinter(keyPair: keyPair).token(claims: Self.claims(at: time))
        keys = try KeySet(jwks: keyPair.jwks.utf8)
        verifier = try TokenVerifier(
            keys: keys,
            configuration: TokenVerifier.Configuration(
                issuer: "https://clerk.example.com",
                authorizedParties: ["https://app.example.com"],
                rememberedTokens: 0
            )
        )
        raw = try RawVerification(pem: keyPair.pem)
        let parts = token.utf8.split(separator: UInt8(ascii: "."))
        signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
        signature = try keyPair.signature(of: signed)
        peer = (keyPair.jwks.description, token)
    }

    /// The claims of a session token of version 2 with an organization: some 900 bytes to sign.
    static func claims(at time: Timestamp) -> JSONValue {
        TokenMinter.claims(
            subject: "user_2GIpXOEpVyJw51rkZn9Kmnc6Sxr",
            issuer: "https://clerk.example.com",
            at: time,
            lifetime: .seconds(86_400),
            adding: [
                "azp": "https://app.example.com", "sid": "sess_2GbDB4enNdCa5vS1zpC3Xzg9tK9", "v": 2,
                "sts": "active", "fva": [3, -1], "jti": "0123456789abcdef0123", "pla": "o:pro",
                "fea": "o:invoices,o:reports,o:members,o:settings,o:webhooks",
                "o": [
                    "id": "org_2abcdefghijklmnopqrstuvwxyz", "slg": "acme", "rol": "admin",
                    "per": "read,create,update,delete,manage", "fpm": "31,1,3,7,16",
                ],
            ]
        )
    }

    @inline(never)
    func ours(_ count: Int) throws {
        for _ in 0..<count { _ = try verifier.verify(token, with: keys, at: time) }
    }

    @inline(never)
    func libcrypto(_ count: Int) throws {
        for _ in 0..<count {
            guard raw.verify(signature, of: signed) else { throw WrongAnswer() }
        }
    }

    // MARK: The peer

    private let peer: (jwks: String, token: String)

    private struct Payload: JWTPayload {
        struct Organization: Codable {
            var id: String
            var slg: String
            var rol: String
            var per: String
            var fpm: String
        }

        var sub: SubjectClaim
        var iss: IssuerClaim
        var exp: ExpirationClaim
        var nbf: NotBeforeClaim
        var azp: String
        var sid: String
        var v: Int
        var fea: String
        var fva: [Int]
        var o: Organization

        func verify(using algorithm: some JWTAlgorithm) throws {
            try exp.verifyNotExpired()
            try nbf.verifyNotBefore()
            guard iss.value == "https://clerk.example.com", azp == "https://app.example.com" else {
                throw WrongAnswer()
            }
        }
    }

    /// jwt-kit on the same token, with its keys loaded beforehand.
    func jwtKit() async throws -> (Int) async throws -> Void {
        let collection = try await JWTKeyCollection().add(jwksJSON: peer.jwks)
        return { [token = peer.token] count in
            for _ in 0..<count { _ = try await collection.verify(token, as: Payload.self) }
        }
    }
}
