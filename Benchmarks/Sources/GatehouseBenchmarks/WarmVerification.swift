import CLibcrypto
import GatehouseTesting
import GatehouseTokens
import SessionTokens

/// A token that was verified before, and tokens that are refused, with keys from an address whose cooldown runs.
struct WarmVerification {
    private let token: String
    private let bytes: [UInt8]
    private let withWrongAlgorithm: String
    private let withUnknownKey: String
    private let verifier: TokenVerifier

    init() throws {
        let pair = try KeyPair(id: "ins_2GIoQhbUpy0hX7B2cVkuTMinXoD")
        let minter = TokenMinter(keyPair: pair)
        let claims = SessionToken.claims(at: WallClock.system.now())
        token = try minter.token(claims: claims)
        bytes = Array(token.utf8)
        withWrongAlgorithm = try minter.token(
            claims: claims,
            header: ["alg": "HS256", "kid": .string(pair.id), "typ": "JWT"]
        )
        withUnknownKey = try minter.token(claims: claims, header: ["alg": "RS256", "kid": "invented", "typ": "JWT"])
        let transport = InMemoryTransport(answers: [.json(pair.jwks.description)])
        let keys = try RemoteKeySet(configuration: .init(url: "https://issuer.example/jwks"), transport: transport)
        verifier = try TokenVerifier(keys: keys, configuration: .init(issuer: "https://clerk.example.com"))
    }

    @inline(never)
    func again(_ count: Int) async throws {
        for _ in 0..<count { _ = try await verifier.verify(token) }
    }

    /// As OpenSSL's users call it for one message.
    @inline(never)
    func sha256(_ count: Int) throws {
        for _ in 0..<count {
            try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
                guard SHA256(bytes, bytes.count, digest.baseAddress) != nil else { throw WrongAnswer() }
            }
        }
    }

    @inline(never)
    func garbage(_ count: Int) async throws {
        for _ in 0..<count { try await refuse("Zm9vYmFy.not-a-token", .invalid) }
    }

    @inline(never)
    func wrongAlgorithm(_ count: Int) async throws {
        for _ in 0..<count { try await refuse(withWrongAlgorithm, .invalidAlgorithm) }
    }

    @inline(never)
    func unknownKey(_ count: Int) async throws {
        for _ in 0..<count { try await refuse(withUnknownKey, .keyMismatch) }
    }

    private func refuse(_ token: String, _ code: TokenError.Code) async throws {
        do throws(TokenError) {
            _ = try await verifier.verify(token)
        } catch {
            if error.code == code { return }
        }
        throw WrongAnswer()
    }
}
