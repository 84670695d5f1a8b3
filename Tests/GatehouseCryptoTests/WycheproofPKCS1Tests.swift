import GatehouseBase
import GatehouseCrypto
import SharedVectors
import Testing

@Suite("RSASSA-PKCS1-v1_5 with SHA-256 decides every Wycheproof case", SharedVectors.trait)
struct WycheproofPKCS1Tests {
    /// A case with its group's key.
    struct Case: Sendable, CustomTestStringConvertible {
        let bits: Int
        let group: JSONValue
        let test: JSONValue

        var testDescription: String {
            "\(bits) #\(test["tcId"] ?? .null) \(test["comment"]?.string ?? "")"
        }

        static let all = [2_048, 3_072, 4_096].flatMap { bits in
            SharedVectors.rows("vectors/wycheproof_rsa_signature_\(bits)_sha256.json", "testGroups").flatMap { group in
                guard case .array(let tests) = group["tests"] else { return [Case]() }
                return tests.map { Case(bits: bits, group: group.value, test: $0) }
            }
        }
    }

    /// `acceptable` are signatures whose algorithm identifier lacks the NULL parameter. RFC 8017 section 9.2 has the
    /// verifier compare with the one encoding that has it, so they are refused.
    @Test("a signature is accepted where it is valid, and only there", arguments: Case.all)
    func verdict(row: Case) throws {
        let modulus = try #require(row.group["publicKey"]?["modulus"]?.string?.hexBytes)
        let exponent = try #require(row.group["publicKey"]?["publicExponent"]?.string?.hexBytes)
        let message = try #require(row.test["msg"]?.string?.hexBytes)
        let signature = try #require(row.test["sig"]?.string?.hexBytes)
        guard exponent != [3] else {  // a few of Wycheproof's keys, which are refused before any signature
            #expect(throws: KeyRefusal.self) { try PublicKey.rsa(modulus: modulus, exponent: exponent) }
            return
        }
        let key = try PublicKey.rsa(modulus: modulus, exponent: exponent)
        #expect(key.verifies(signature, of: message) == (row.test["result"]?.string == "valid"))
    }

    @Test(
        "the DER of each group's key gives the same key",
        arguments: Case.all.filter { $0.test["tcId"]?.description == "1" }
    )
    func der(row: Case) throws {
        let der = try #require(row.group["publicKeyDer"]?.string?.hexBytes)
        let encoded = try #require(PublicKey.Encoded(der: der, form: .subjectPublicKeyInfo))
        let key = try encoded.makeKey()
        #expect(key.kind == .rsa(bits: row.bits))
        let message = try #require(row.test["msg"]?.string?.hexBytes)
        #expect(key.verifies(try #require(row.test["sig"]?.string?.hexBytes), of: message))
    }
}

extension String {
    /// The bytes that pairs of hexadecimal digits write; nil for anything else.
    var hexBytes: [UInt8]? {
        let digits = Array(utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
