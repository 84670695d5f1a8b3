import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseTokens

/// The signature layer alone: these payloads are no claims.
@Suite("Published JWS and JWK vectors are decided as far as RS256 goes", SharedVectors.trait)
struct JWSVectorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: JSONValue
        let token: String
        let isValid: Bool
    }

    /// Wycheproof's result, but for other algorithms than RS256, which are refused whatever the signature.
    static func wycheproof(_ file: String) -> [Case] {
        SharedVectors.rows("vectors/\(file).json", "testGroups").flatMap { group in
            guard case .array(let tests) = group["tests"] else { return [Case]() }
            let key = group["public"] ?? group["private"] ?? .null
            return tests.map { test in
                let isRS256 = (key["keys"].flatMap(\.first) ?? key)["alg"]?.string == "RS256"
                return Case(
                    testDescription: "\(test["tcId"] ?? .null) \(test["comment"]?.string ?? "")",
                    key: key,
                    token: test["jws"]?.string ?? "",
                    isValid: isRS256 && test["strict_result"]?.string == "valid"
                )
            }
        }
    }

    /// Every serialization that the RFCs print of their examples; only the compact one of RS256 is a token here.
    static var examples: [Case] {
        let file = "vectors/rfc7515_7520_8037_7797_examples.json"
        let rfc7515 = SharedVectors.rows(file, "rfc7515").map { row in
            Case(
                testDescription: "RFC 7515 \(row["id"]?.string ?? "")",
                key: row["jwk"] ?? .null,
                token: row["compact"]?.string ?? "",
                isValid: row["alg"]?.string == "RS256"
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
                    let isRS256 = value["input"]?["alg"]?.string == "RS256"
                    return Case(
                        testDescription: "\(name.string ?? "") \(form)",
                        key: key,
                        token: output.string ?? output.description,
                        isValid: form == "compact" && isRS256
                    )
                }
            }
    }

    @Test("Wycheproof signatures", arguments: wycheproof("wycheproof_json_web_signature"))
    func signatures(row: Case) throws { #expect(try accepts(row) == row.isValid) }

    @Test("Wycheproof keys", arguments: wycheproof("wycheproof_json_web_key"))
    func keys(row: Case) throws { #expect(try accepts(row) == row.isValid) }

    @Test("RFC examples", arguments: examples)
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

extension JSONValue {
    fileprivate var first: JSONValue? {
        if case .array(let elements) = self { elements.first } else { nil }
    }
}

extension CompactJWS {
    /// Shape, header, algorithm, key and signature of a token under RS256.
    static func verify(_ token: String, with keys: KeySet) throws(TokenError) {
        let result: Result<Void, TokenError> = token.withUTF8Bytes { bytes in
            Result { () throws(TokenError) in
                let jws = try CompactJWS(bytes)
                try jws.verifySignature(of: bytes, try jws.algorithm(among: [.rs256]), with: keys)
            }
        }
        try result.get()
    }
}
