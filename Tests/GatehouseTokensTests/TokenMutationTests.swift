import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("Nothing but the token itself is accepted")
struct TokenMutationTests {
    static let time = Timestamp.distantPast.advanced(by: .seconds(63_900_000_000))
    /// One key pair of each kind for the suite.
    static let pairs = Result { try [.rs256, .es256, .es384, .es512, .edDSA].map { try KeyPair(algorithm: $0) } }

    /// A good token under an algorithm, and a verifier that accepts every algorithm.
    struct Fixture {
        let token: [UInt8]
        let keys: KeySet
        let verifier: TokenVerifier

        init(_ algorithm: SignatureAlgorithm) throws {
            var pair = try #require(try pairs.get().first { $0.permits(algorithm) })
            pair.algorithm = algorithm
            let claims = TokenMinter.claims(subject: "user_1", issuer: "https://issuer.example", at: time)
            token = Array(try TokenMinter(keyPair: pair).token(claims: claims).utf8)
            keys = try pair.keySet
            verifier = try TokenVerifier(
                keys: keys,
                configuration: .init(algorithms: Set(SignatureAlgorithm.allCases))
            )
        }

        func accepts(_ token: [UInt8]) -> Bool {
            (try? verifier.verify(token, with: keys, at: time)) != nil
        }
    }

    @Test("a token with one flipped bit, at any position, is refused", arguments: SignatureAlgorithm.allCases)
    func bitFlips(algorithm: SignatureAlgorithm) throws {
        let fixture = try Fixture(algorithm)
        #expect(fixture.accepts(fixture.token))
        for index in fixture.token.indices {
            for bit in 0..<8 {
                var changed = fixture.token
                changed[index] ^= 1 << UInt8(bit)
                if fixture.accepts(changed) { Issue.record("accepted with bit \(bit) of byte \(index) flipped") }
            }
        }
    }

    @Test("a token that is cut short at any position is refused", arguments: SignatureAlgorithm.allCases)
    func truncations(algorithm: SignatureAlgorithm) throws {
        let fixture = try Fixture(algorithm)
        for index in fixture.token.indices {
            let (head, tail) = (fixture.token[..<index], fixture.token[index...])
            if fixture.accepts(Array(head)) { Issue.record("accepted with \(index) bytes") }
            if index > 0, fixture.accepts(Array(tail)) { Issue.record("accepted without its first \(index) bytes") }
            if fixture.accepts(Array(head) + tail.dropFirst()) { Issue.record("accepted without byte \(index)") }
        }
    }

    @Test("a token with a byte inserted at any position is refused", arguments: SignatureAlgorithm.allCases)
    func insertions(algorithm: SignatureAlgorithm) throws {
        let fixture = try Fixture(algorithm)
        for byte in [0x00, 0x0A, 0x20, 0x2E, 0x3D, 0x41, 0x80] as [UInt8] {
            for index in 0...fixture.token.count
            where fixture.accepts(fixture.token[..<index] + [byte] + fixture.token[index...]) {
                Issue.record("accepted with byte \(byte) inserted at \(index)")
            }
        }
    }

    @Test("a token under the name of any other algorithm is refused", arguments: SignatureAlgorithm.allCases)
    func otherNames(algorithm: SignatureAlgorithm) throws {
        var pair = try #require(try Self.pairs.get().first { $0.permits(algorithm) })
        pair.algorithm = algorithm
        let minter = TokenMinter(keyPair: pair)
        let configuration = TokenVerifier.Configuration(algorithms: Set(SignatureAlgorithm.allCases))
        // A key that names no algorithm, so that only its kind and the signature decide.
        let keys = try KeySet(jwk: pair.jwk.replacing(["alg": nil]).utf8)
        let claims = TokenMinter.claims(subject: "user_1", at: Self.time)
        for other in SignatureAlgorithm.allCases {
            let token = try minter.token(
                claims: claims,
                header: minter.header.replacing(["alg": .string(other.rawValue)])
            )
            let reason = try TokenVerifier(keys: keys, configuration: configuration).reason(token, keys, at: Self.time)
            let expected = pair.permits(other) ? "token-invalid-signature" : "token-invalid-algorithm"
            #expect(reason == (other == algorithm ? nil : expected))
            let narrow = try TokenVerifier(keys: keys, configuration: .init(algorithms: [other]))
            #expect(narrow.reason(token, keys, at: Self.time) == reason)
        }
    }

    @Test("a verified token has the contents of its claims")
    func content() throws {
        let fixture = try Fixture(.rs256)
        let token = String(decoding: fixture.token, as: UTF8.self)
        let verified = try fixture.verifier.verify(token, with: fixture.keys, at: Self.time)
        #expect(verified.subject == "user_1")
        #expect(verified.issuer == "https://issuer.example")
        #expect(verified.issuedAt == Self.time)
        #expect(verified.notBefore == Self.time)
        #expect(verified.expiresAt == Self.time.advanced(by: .seconds(60)))
        #expect(verified.claim(at: ["sub"]) == "user_1")
        #expect(verified.claim(at: ["sub", "x"]) == nil)
        #expect(verified.claims["sub"] == "user_1")
    }
}

extension KeyPair {
    /// True if its key can be used with this algorithm.
    fileprivate func permits(_ algorithm: SignatureAlgorithm) -> Bool {
        var pair = self
        pair.algorithm = algorithm
        return (try? pair.signature(of: [])) != nil
    }
}
