import GatehouseTesting
import GatehouseTokens
import JWTKit
import SessionTokens

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
        token = try TokenMinter(keyPair: keyPair).token(claims: SessionToken.claims(at: time))
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

    /// jwt-kit on the same token, with its keys loaded beforehand.
    func jwtKit() async throws -> (Int) async throws -> Void {
        let collection = try await JWTKeyCollection().add(jwksJSON: peer.jwks)
        return { [token = peer.token] count in
            for _ in 0..<count { _ = try await collection.verify(token, as: SessionPayload.self) }
        }
    }
}
