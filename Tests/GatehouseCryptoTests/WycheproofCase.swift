import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseCrypto

/// One of Wycheproof's files, all of it under one scheme.
struct WycheproofFile: Sendable {
    let name: String
    let scheme: SignatureScheme

    static let all: [WycheproofFile] = [
        WycheproofFile(name: "wycheproof_rsa_signature_2048_sha256", scheme: .pkcs1(.sha256)),
        WycheproofFile(name: "wycheproof_rsa_signature_2048_sha384", scheme: .pkcs1(.sha384)),
        WycheproofFile(name: "wycheproof_rsa_signature_2048_sha512", scheme: .pkcs1(.sha512)),
        WycheproofFile(name: "wycheproof_rsa_signature_3072_sha256", scheme: .pkcs1(.sha256)),
        WycheproofFile(name: "wycheproof_rsa_signature_4096_sha256", scheme: .pkcs1(.sha256)),
        WycheproofFile(name: "wycheproof_rsa_pss_2048_sha256_mgf1_32", scheme: .pss(.sha256)),
        WycheproofFile(name: "wycheproof_rsa_pss_2048_sha384_mgf1_48", scheme: .pss(.sha384)),
        WycheproofFile(name: "wycheproof_rsa_pss_3072_sha256_mgf1_32", scheme: .pss(.sha256)),
        WycheproofFile(name: "wycheproof_rsa_pss_4096_sha512_mgf1_64", scheme: .pss(.sha512)),
        WycheproofFile(name: "wycheproof_ecdsa_secp256r1_sha256_p1363", scheme: .ecdsa(.p256)),
        WycheproofFile(name: "wycheproof_ecdsa_secp384r1_sha384_p1363", scheme: .ecdsa(.p384)),
        WycheproofFile(name: "wycheproof_ecdsa_secp521r1_sha512_p1363", scheme: .ecdsa(.p521)),
        WycheproofFile(name: "wycheproof_ed25519", scheme: .ed25519),
    ]

    private var groups: [JSONValue] { SharedVectors.rows("vectors/\(name).json", "testGroups").map(\.value) }

    var cases: [WycheproofCase] { groups.flatMap { cases(of: $0) } }
    /// The first case of each group: one for each key.
    var firstCases: [WycheproofCase] { groups.flatMap { cases(of: $0).prefix(1) } }

    private func cases(of group: JSONValue) -> [WycheproofCase] {
        guard case .array(let tests) = group["tests"] else { return [] }
        return tests.map { WycheproofCase(file: self, group: group, test: $0) }
    }
}

/// A case with its group's key.
struct WycheproofCase: Sendable, CustomTestStringConvertible {
    let file: WycheproofFile
    let group: JSONValue
    let test: JSONValue

    var testDescription: String { "\(file.name) #\(test["tcId"] ?? .null) \(test["comment"]?.string ?? "")" }

    /// A few of Wycheproof's RSA keys have the exponent 3: they are refused before any signature is looked at.
    var isRefusedAsKey: Bool { number("publicExponent") == [3] }

    var key: PublicKey {
        get throws {
            switch file.scheme {
            case .pkcs1, .pss:
                return try .rsa(modulus: #require(number("modulus")), exponent: #require(number("publicExponent")))
            case .ecdsa(let curve):
                return try .ec(
                    curve: curve,
                    x: coordinate("wx", curve.coordinateByteCount),
                    y: coordinate("wy", curve.coordinateByteCount)
                )
            case .ed25519:
                return try .ed25519(#require(number("pk")))
            }
        }
    }

    private func number(_ name: String) -> [UInt8]? { group["publicKey"]?[name]?.string?.hexBytes }

    /// Wycheproof writes a zero too many or too few.
    private func coordinate(_ name: String, _ count: Int) throws -> [UInt8] {
        let digits = try #require(group["publicKey"]?[name]?.string)
        let bytes = try #require((digits.utf8.count.isMultiple(of: 2) ? digits : "0" + digits).hexBytes)
        return Array(([UInt8](repeating: 0, count: count) + bytes).suffix(count))
    }
}
