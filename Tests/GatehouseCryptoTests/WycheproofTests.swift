import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseCrypto

@Suite("Signatures decide every Wycheproof case", SharedVectors.trait)
struct WycheproofTests {
    /// `acceptable` are signatures whose algorithm identifier lacks the NULL parameter. RFC 8017 section 9.2 has the
    /// verifier compare with the one encoding that has it, so they are refused, as `invalid` ones are.
    @Test("a signature is accepted where it is valid, and only there", arguments: WycheproofFile.all.flatMap(\.cases))
    func verdict(row: WycheproofCase) throws {
        let message = try #require(row.test["msg"]?.string?.hexBytes)
        let signature = try #require(row.test["sig"]?.string?.hexBytes)
        guard !row.isRefusedAsKey else {
            #expect(throws: KeyRefusal.self) { try row.key }
            return
        }
        let isValid = row.test["result"]?.string == "valid"
        #expect(try row.key.verifies(row.file.scheme, signature, of: message) == isValid)
        // A signature that is good for one scheme is good for no other.
        for scheme in try row.key.kind.schemes where isValid && scheme != row.file.scheme {
            #expect(!(try row.key.verifies(scheme, signature, of: message)))
        }
    }

    @Test("the DER of each group's key gives the same key", arguments: WycheproofFile.all.flatMap(\.firstCases))
    func der(row: WycheproofCase) throws {
        let der = try #require(row.group["publicKeyDer"]?.string?.hexBytes)
        let encoded = try #require(PublicKey.Encoded(der: der, form: .subjectPublicKeyInfo))
        guard !row.isRefusedAsKey else {
            #expect(throws: KeyRefusal.self) { try encoded.makeKey() }
            return
        }
        let key = try encoded.makeKey()
        #expect(key.kind == (try row.key.kind))
        let message = try #require(row.test["msg"]?.string?.hexBytes)
        let signature = try #require(row.test["sig"]?.string?.hexBytes)
        let isValid = row.test["result"]?.string == "valid"
        #expect(key.verifies(row.file.scheme, signature, of: message) == isValid)
    }

    @Test("every file with signatures is read")
    func files() {
        let prefixes = ["wycheproof_rsa_", "wycheproof_ecdsa_", "wycheproof_ed25519"]
        let present = SharedVectors.files(in: "vectors").filter { name in prefixes.contains { name.hasPrefix($0) } }
        #expect(Set(present) == Set(WycheproofFile.all.map { "\($0.name).json" }))
    }
}

extension String {
    /// The bytes that pairs of hexadecimal digits write; `nil` for anything else.
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
