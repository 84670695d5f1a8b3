import GatehouseBase
import GatehouseTesting
import SharedVectors
import Testing

@testable import GatehouseTokens

/// The signature layer alone: these payloads are no claims.
@Suite("Published JWS and JWK vectors are decided as their authors say", SharedVectors.trait)
struct JWSVectorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: JSONValue
        let token: String
        let isValid: Bool
    }

    /// Cases of Wycheproof's that are valid or may be, and refused here, by what refuses them.
    static let stricter: [String: Set<Int>] = [
        "wycheproof_json_web_signature": [
            1, 348, 358, 359, 376, 377,  // HMAC, which is never verified with a key from a set
            347,  // left open by Wycheproof: the key's `alg` is the typing error `ES521`
            350,  // left open by Wycheproof: the key is for PS256, the token under PS384
        ],
        "wycheproof_json_web_key": [2, 13, 14],  // HMAC
    ]

    static func wycheproof(_ file: String) -> [Case] {
        SharedVectors.rows("vectors/\(file).json", "testGroups").flatMap { group in
            guard case .array(let tests) = group["tests"] else { return [Case]() }
            return tests.map { test in
                let number = test["tcId"]?.description ?? ""
                let isStricter = Int(number).map { stricter[file]?.contains($0) == true } ?? false
                return Case(
                    testDescription: "\(number) \(test["comment"]?.string ?? "")",
                    key: group["public"] ?? group["private"] ?? .null,
                    token: test["jws"]?.string ?? "",
                    isValid: test["strict_result"]?.string == "valid" && !isStricter
                )
            }
        }
    }

    /// Examples of RFC 7515, 7520, 8037 that hold; the others are under HMAC or `none`, or unencoded (RFC 7797).
    static let good: Set = [
        "A.2", "A.3", "A.4", "curve25519/jws.json", "jws/4_1.rsa_v15_signature.json",
        "jws/4_2.rsa-pss_signature.json", "jws/4_3.ecdsa_signature.json",
    ]

    /// Every serialization that the RFCs print of their examples; only the compact one is a token here.
    static var examples: [Case] {
        let file = "vectors/rfc7515_7520_8037_7797_examples.json"
        let rfc7515 = SharedVectors.rows(file, "rfc7515").map { row in
            Case(
                testDescription: "RFC 7515 \(row["id"]?.string ?? "")",
                key: row["jwk"] ?? .null,
                token: row["compact"]?.string ?? "",
                isValid: good.contains(row["id"]?.string ?? "")
            )
        }
        guard let cookbook = SharedVectors.json(file)?.member("cookbook") else { return rfc7515 }
        return rfc7515
            + cookbook.members.flatMap { name, value -> [Case] in
                let value = JSONValue(value)
                // Its keys are printed with their private members, which a public set must not have.
                let key = (value["input"]?["key"] ?? .null).replacing(
                    ["d": nil, "p": nil, "q": nil, "dp": nil, "dq": nil, "qi": nil])
                return ["compact", "json", "json_flat"].compactMap { form -> Case? in
                    guard let output = value["output"]?[form] else { return nil }
                    return Case(
                        testDescription: "\(name.string ?? "") \(form)",
                        key: key,
                        token: output.string ?? output.description,
                        isValid: form == "compact" && good.contains(name.string ?? "")
                    )
                }
            }
    }

    @Test(
        "the public keys of RFC 7520 are read",
        arguments: ["jwk/3_1.ec_public_key.json", "jwk/3_3.rsa_public_key.json"]
    )
    func publicKeys(name: String) throws {
        let file = "vectors/rfc7515_7520_8037_7797_examples.json"
        let node = try #require(SharedVectors.json(file)?.member("cookbook_jwk")?.member(name))
        #expect(try KeySet(jwk: JSONValue(node).utf8).keys.map(\.id) == ["bilbo.baggins@hobbiton.example"])
    }

    @Test(
        "the symmetric keys of RFC 7520 are refused",
        arguments: ["jwk/3_5.symmetric_key_mac_computation.json", "jwk/3_6.symmetric_key_encryption.json"]
    )
    func symmetricKeys(name: String) throws {
        let file = "vectors/rfc7515_7520_8037_7797_examples.json"
        let node = try #require(SharedVectors.json(file)?.member("cookbook_jwk")?.member(name))
        #expect(try KeySet(jwk: JSONValue(node).utf8).refused.map(\.code) == [.secret])
    }

    @Test("Wycheproof's keys are read as JWK", arguments: jwks)
    func jwk(row: Case) throws {
        let set = try KeySet(jwk: row.key.utf8)
        #expect(set.keys.count == (row.isValid ? 1 : 0))
        #expect(set.refused.map(\.code) == (row.isValid ? [] : [.numbers]))
    }

    /// The JWK of every group with signatures; those with exponent 3 are refused.
    static var jwks: [Case] {
        SharedVectors.files(in: "vectors").filter { $0.hasPrefix("wycheproof_") }.sorted().flatMap { file in
            SharedVectors.rows("vectors/\(file)", "testGroups").compactMap { group -> Case? in
                guard let key = group["publicKeyJwk"] ?? group["keyJwk"] else { return nil }
                let isGood = key["e"]?.string != "Aw"
                return Case(testDescription: "\(file) \(group.index)", key: key, token: "", isValid: isGood)
            }
        }
    }

    @Test("Wycheproof's signatures are decided as listed", arguments: wycheproof("wycheproof_json_web_signature"))
    func signatures(row: Case) throws { #expect(try accepts(row) == row.isValid) }

    @Test("Wycheproof's tokens with their keys are decided as listed", arguments: wycheproof("wycheproof_json_web_key"))
    func keys(row: Case) throws { #expect(try accepts(row) == row.isValid) }

    @Test("the RFCs' examples are decided as listed", arguments: examples)
    func rfc(row: Case) throws { #expect(try accepts(row) == row.isValid) }

    private func accepts(_ row: Case) throws -> Bool {
        let set = row.key["keys"] == nil ? JSONValue.object([JSONMember("keys", .array([row.key]))]) : row.key
        let keys = try KeySet(jwks: set.utf8)
        do throws(TokenError) {
            try CompactJWS.verify(row.token, with: keys)
            return true
        } catch {
            return false
        }
    }
}

extension CompactJWS {
    /// Shape, header, algorithm, key and signature of a token under any algorithm.
    static func verify(_ token: String, with keys: KeySet) throws(TokenError) {
        let result: Result<Void, TokenError> = token.withUTF8Bytes { bytes in
            Result { () throws(TokenError) in
                let jws = try CompactJWS(bytes)
                try jws.requireAlgorithm(among: SignatureAlgorithm.allCases)
                _ = try jws.payload(of: bytes, verifiedWith: keys)
            }
        }
        try result.get()
    }
}
