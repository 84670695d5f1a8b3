import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseCrypto

@Suite("A public key verifies what its private key signed, and nothing else")
struct PublicKeyTests {
    /// One key pair of each kind for the suite.
    static let kinds: [PublicKey.Kind] = [.rsa(bits: 2_048), .ec(.p256), .ec(.p384), .ec(.p521), .ed25519]
    static let pairs = Result { try kinds.map { try PrivateKey($0) } }

    /// A key pair with a scheme for it.
    struct Use: Sendable, CustomTestStringConvertible {
        let kind: PublicKey.Kind
        let scheme: SignatureScheme

        var testDescription: String { "\(kind) \(scheme)" }

        static let all = kinds.flatMap { kind in kind.schemes.map { Use(kind: kind, scheme: $0) } }

        var pair: PrivateKey {
            get throws { try #require(try pairs.get().first { $0.kind == kind }) }
        }
    }

    @Test("good and bad signatures are told apart from eight threads on one key", arguments: Use.all)
    func eightThreads(use: Use) async throws {
        let pair = try use.pair
        let key = try pair.publicKey
        let message = Array("the message".utf8)
        let good = try pair.sign(message, use.scheme)
        let bad = Array(good.dropLast()) + [(good.last ?? 0) ^ 1]
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<100).count { round in
                        let isGood = round.isMultiple(of: 2)
                        return key.verifies(use.scheme, isGood ? good : bad, of: message) != isGood
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("a signature is verified under its scheme alone", arguments: Use.all)
    func roundTrip(use: Use) throws {
        let pair = try use.pair
        let key = try pair.publicKey
        #expect(key.kind == use.kind)
        for message in [[], [1], [UInt8](repeating: 7, count: 5_000)] as [[UInt8]] {
            let signature = try pair.sign(message, use.scheme)
            let accepting = Use.all.map(\.scheme).filter { key.verifies($0, signature, of: message) }
            #expect(Set(accepting) == [use.scheme])
            #expect(!key.verifies(use.scheme, signature, of: message + [0]))
            #expect(!key.verifies(use.scheme, signature + [0], of: message))
            #expect(!key.verifies(use.scheme, [0] + signature, of: message))
            #expect(!key.verifies(use.scheme, signature.dropLast(), of: message))
            #expect(!key.verifies(use.scheme, [], of: message))
        }
    }

    @Test("every accepted modulus length verifies", arguments: [2_048, 2_056, 3_072, 4_096])
    func modulusLengths(bits: Int) throws {
        let pair = try PrivateKey(.rsa(bits: bits))
        let key = try pair.publicKey
        #expect(key.kind == .rsa(bits: bits))
        for scheme in key.kind.schemes { #expect(key.verifies(scheme, try pair.sign([1], scheme), of: [1])) }
    }

    /// One PSS signature in 256 starts with a zero; without it the number is the same, but the signature is not.
    @Test("a signature that lost its leading zero is refused")
    func leadingZero() throws {
        let pair = try #require(try Self.pairs.get().first { $0.kind == .rsa(bits: 2_048) })
        let key = try pair.publicKey
        let signature = try #require(
            try (0..<10_000).lazy.map { _ in try pair.sign([1], .pss(.sha256)) }.first { $0.first == 0 }
        )
        #expect(key.verifies(.pss(.sha256), signature, of: [1]))
        #expect(!key.verifies(.pss(.sha256), Array(signature.dropFirst()), of: [1]))
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

    @Test("DER is one whole key, with nothing missing and nothing behind", arguments: kinds)
    func der(kind: PublicKey.Kind) throws {
        let pair = try #require(try Self.pairs.get().first { $0.kind == kind })
        let der = pair.subjectPublicKeyInfo
        let encoded = try #require(PublicKey.Encoded(der: der, form: .subjectPublicKeyInfo))
        let scheme = try #require(kind.schemes.first)
        #expect(try encoded.makeKey().verifies(scheme, try pair.sign([7], scheme), of: [7]))
        let refused = [der + [0], der.dropLast(), [], [0x30, 0x00]].map {
            PublicKey.Encoded(der: $0, form: .subjectPublicKeyInfo) == nil
        }
        #expect(refused == [true, true, true, true])
    }

    @Test(
        "SHA-2 gives the digests of FIPS 180-4",
        arguments: zip(Digest.allCases, ["ba7816bf", "cb00753f", "ddaf35a1"])
    )
    func sha2(digest: Digest, start: String) {
        let bytes = Array("abc".utf8).withUnsafeBufferPointer { digest.withDigest(of: $0) { Array($0) } }
        #expect(bytes?.count == digest.byteCount)
        #expect(bytes?.prefix(4).elementsEqual(start.hexBytes ?? []) == true)
    }

    @Test("SHA-256 gives the whole digest")
    func sha256() throws {
        let digest = Array("abc".utf8).withUnsafeBufferPointer { Digest.sha256.withDigest(of: $0) { Array($0) } }
        #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".hexBytes)
    }

    @Test("a digest as a value tells messages apart by each bit")
    func sha256Value() throws {
        func digest(_ bytes: [UInt8]) throws -> SHA256Digest {
            try #require(bytes.withUnsafeBufferPointer { SHA256Digest(of: $0) })
        }
        let message = Array("header.payload.signature".utf8)
        let own = try digest(message)
        #expect(try digest(message) == own)
        for bit in 0..<(message.count * 8) {
            var other = message
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try digest(other) != own)
        }
        #expect(try digest([]) != own)
    }
}

extension PublicKey {
    func verifies(_ scheme: SignatureScheme, _ signature: [UInt8], of message: [UInt8]) -> Bool {
        message.withUnsafeBufferPointer { verifies(scheme, signature: signature, of: $0) }
    }
}

extension PrivateKey {
    /// The public half, by its numbers.
    var publicKey: PublicKey {
        get throws {
            let numbers = publicNumbers.map(\.bytes)
            return switch kind {
            case .rsa: try .rsa(modulus: numbers[0], exponent: numbers[1])
            case .ec(let curve): try .ec(curve: curve, x: numbers[0], y: numbers[1])
            case .ed25519: try .ed25519(numbers[0])
            }
        }
    }
}
