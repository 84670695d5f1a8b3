import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("Nothing but the token itself is accepted")
struct TokenMutationTests {
    static let time = Timestamp.distantPast.advanced(by: .seconds(63_900_000_000))
    let token: [UInt8]
    let keys: KeySet
    let verifier: TokenVerifier

    init() throws {
        let pair = try RSAKeyPair()
        let claims = TokenMinter.claims(subject: "user_1", issuer: "https://issuer.example", at: Self.time)
        token = Array(try TokenMinter(keyPair: pair).token(claims: claims).utf8)
        keys = try pair.keySet
        verifier = TokenVerifier(keys: keys)
    }

    private func accepts(_ token: [UInt8]) -> Bool {
        (try? verifier.verify(token, with: keys, at: Self.time)) != nil
    }

    @Test("one flipped bit, at any position, refuses it")
    func bitFlips() {
        #expect(accepts(token))
        for index in token.indices {
            for bit in 0..<8 {
                var changed = token
                changed[index] ^= 1 << UInt8(bit)
                if accepts(changed) { Issue.record("accepted with bit \(bit) of byte \(index) flipped") }
            }
        }
    }

    @Test("cut short at any position it is refused")
    func truncations() {
        for count in token.indices where accepts(Array(token.prefix(count))) {
            Issue.record("accepted with \(count) bytes")
        }
        for count in token.indices where count > 0 && accepts(Array(token.dropFirst(count))) {
            Issue.record("accepted without its first \(count) bytes")
        }
    }

    @Test(
        "with a byte inserted at any position it is refused",
        arguments: [0x00, 0x0A, 0x20, 0x2E, 0x3D, 0x41, 0x80] as [UInt8]
    )
    func insertions(byte: UInt8) {
        for index in 0...token.count where accepts(Array(token[..<index] + [byte] + token[index...])) {
            Issue.record("accepted with a byte inserted at \(index)")
        }
    }

    @Test("a verified token says what its claims say")
    func content() throws {
        let verified = try verifier.verify(String(decoding: token, as: UTF8.self), with: keys, at: Self.time)
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
