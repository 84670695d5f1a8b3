import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseCrypto

@Suite("A public key verifies what its private key signed, and nothing else")
struct PublicKeyTests {
    @Test("good and bad signatures are told apart from eight threads on one key")
    func eightThreads() async throws {
        let pair = try RSAPrivateKey(bits: 2_048)
        let key = try PublicKey.rsa(modulus: pair.modulus, exponent: pair.exponent)
        let message = Array("the message".utf8)
        let good = try pair.signRS256(message)
        let bad = Array(good.dropLast()) + [(good.last ?? 0) ^ 1]
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<2_000).count { round in
                        let isGood = round.isMultiple(of: 2)
                        return key.verifies(isGood ? good : bad, of: message) != isGood
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("what was signed is verified, for every accepted modulus length", arguments: [2_048, 3_072, 4_096])
    func roundTrip(bits: Int) throws {
        let pair = try RSAPrivateKey(bits: bits)
        let key = try PublicKey.rsa(modulus: pair.modulus, exponent: pair.exponent)
        #expect(key.kind == .rsa(bits: bits))
        #expect(key.verifies(try pair.signRS256([]), of: []))
        #expect(!key.verifies(try pair.signRS256([1]), of: []))
        #expect(!key.verifies([], of: []))
    }

    @Test("an RSA key of the wrong strength is refused, with the reason", arguments: RSACase.all)
    func strength(row: RSACase) {
        let refusal = #expect(throws: KeyRefusal.self) {
            try PublicKey.rsa(modulus: row.modulus, exponent: row.exponent)
        }
        #expect(refusal?.description.contains(row.reason) == true)
    }

    struct RSACase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var modulus: [UInt8]
        var exponent: [UInt8]
        var reason: String

        static let odd = [0xC0] + [UInt8](repeating: 0x55, count: 255)
        static let all: [RSACase] = [
            RSACase(
                testDescription: "2047 bits",
                modulus: [0x40] + odd.dropFirst(),
                exponent: [1, 0, 1],
                reason: "2047"
            ),
            RSACase(
                testDescription: "8193 bits",
                modulus: [1] + odd + odd + odd + odd,
                exponent: [1, 0, 1],
                reason: "8193"
            ),
            RSACase(
                testDescription: "even modulus",
                modulus: odd.dropLast() + [0x54],
                exponent: [1, 0, 1],
                reason: "even"
            ),
            RSACase(testDescription: "exponent 1", modulus: odd, exponent: [1], reason: "exponent"),
            RSACase(testDescription: "exponent 3", modulus: odd, exponent: [3], reason: "exponent"),
            RSACase(testDescription: "exponent 65536", modulus: odd, exponent: [1, 0, 0], reason: "exponent"),
            RSACase(testDescription: "even exponent", modulus: odd, exponent: [1, 0, 2], reason: "exponent"),
            RSACase(
                testDescription: "exponent of 33 bits",
                modulus: odd,
                exponent: [1, 0, 0, 0, 1],
                reason: "exponent"
            ),
            RSACase(testDescription: "no modulus", modulus: [], exponent: [1, 0, 1], reason: "0 bits"),
        ]
    }

    @Test("a point that is not on its curve is refused", arguments: [PublicKey.Curve.p256, .p384, .p521])
    func pointOffTheCurve(curve: PublicKey.Curve) {
        let ones = [UInt8](repeating: 1, count: curve.coordinateByteCount)
        #expect(throws: KeyRefusal.self) { try PublicKey.ec(curve: curve, x: ones, y: ones) }
        #expect(throws: KeyRefusal.self) { try PublicKey.ec(curve: curve, x: ones, y: ones.dropLast()) }
    }

    @Test("an Ed25519 key has 32 bytes", arguments: [0, 31, 33])
    func ed25519(count: Int) throws {
        #expect(try PublicKey.ed25519([UInt8](repeating: 2, count: 32)).kind == .ed25519)
        #expect(throws: KeyRefusal.self) { try PublicKey.ed25519([UInt8](repeating: 2, count: count)) }
    }

    @Test("DER is one whole key: nothing missing, nothing behind it")
    func der() throws {
        let pair = try RSAPrivateKey(bits: 2_048)
        let der = pair.subjectPublicKeyInfo
        let encoded = try #require(PublicKey.Encoded(der: der, form: .subjectPublicKeyInfo))
        #expect(try encoded.makeKey().verifies(try pair.signRS256([7]), of: [7]))
        let refused = [der + [0], der.dropLast(), [], [0x30, 0x00]].map {
            PublicKey.Encoded(der: $0, form: .subjectPublicKeyInfo) == nil
        }
        #expect(refused == [true, true, true, true])
    }

    @Test("SHA-256 gives the digests of FIPS 180-4")
    func sha256() throws {
        let digest = try SHA256.digest(of: Array("abc".utf8)).map { String($0, radix: 16) }.joined(separator: " ")
        #expect(digest.hasPrefix("ba 78 16 bf 8f 1 cf ea 41 41 40 de 5d ae"))
    }
}

extension PublicKey {
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        message.withUnsafeBufferPointer { verifiesRS256(signature: signature, of: $0) }
    }
}
