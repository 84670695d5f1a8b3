import GatehouseBase
import GatehouseTesting
import SharedVectors
import Testing

@testable import GatehouseTokens

@Suite("Tokens that OpenSSL's command signed are judged by the rules of each algorithm")
struct OpenSSLVectorTests {
    private static let file = "signatures.json"
    private static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private static let configuration = TokenVerifier.Configuration(algorithms: Set(SignatureAlgorithm.allCases))

    private func reason(_ token: String, _ keys: KeySet) throws -> String? {
        try TokenVerifier(keys: keys, configuration: Self.configuration).reason(token, keys, at: Self.now)
    }

    @Test("each token is judged by the keys of a JWK Set", arguments: OwnVectors.rows(file, "cases"))
    func sets(row: SharedVectors.Row) throws {
        let keys = OwnVectors.rows(Self.file, "keys").map(\.value)
        let set = try KeySet(jwks: JSONValue.object([JSONMember("keys", .array(keys))]).utf8)
        #expect(set.refused.map(\.id) == ["short", "cubic", "k1", "ed448"])
        #expect(try reason(try #require(row["token"]?.string), set) == row["reason"]?.string)
    }

    @Test("each token is judged by the same keys in PEM", arguments: OwnVectors.rows(file, "pems"))
    func pem(row: SharedVectors.Row) throws {
        let set = try KeySet(pem: try #require(row["text"]?.string))
        let cases = OwnVectors.rows(Self.file, "cases").filter { $0["key"] == row["key"] }
        #expect(cases.contains { $0["reason"] == .null })
        for one in cases {
            #expect(
                try reason(try #require(one["token"]?.string), set) == one["reason"]?.string,
                "\(one.testDescription)"
            )
        }
    }

    @Test(
        "a good signature is good for its message alone, since each bit of both counts",
        arguments: OwnVectors.rows(file, "cases").filter { $0["reason"] == .null }
    )
    func bits(row: SharedVectors.Row) throws {
        let keys = OwnVectors.rows(Self.file, "keys").map(\.value).filter { $0["kid"] == row["key"] }
        let set = try KeySet(jwks: JSONValue.object([JSONMember("keys", .array(keys))]).utf8)
        let parts = try #require(row["token"]?.string).split(separator: ".").map(String.init)
        let signature = try #require(Base64URL.decode(parts[2]))
        for bit in stride(from: 0, to: signature.count * 8, by: 7) {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let token = [parts[0], parts[1], Base64URL.encode(changed)].joined(separator: ".")
            #expect(try reason(token, set) == "token-invalid-signature", "bit \(bit)")
        }
        let payload = Base64URL.encode(Array(#"{"sub":"user_2","iat":1800000000,"exp":1800000060}"#.utf8))
        #expect(try reason([parts[0], payload, parts[2]].joined(separator: "."), set) == "token-invalid-signature")
    }
}
