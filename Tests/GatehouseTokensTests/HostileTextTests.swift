import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("Header and payload are strict JSON, however well they are signed")
struct HostileTextTests {
    static let pair = Result { try KeyPair(id: "key-1", algorithm: .edDSA) }
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)

    /// Changes to the members of an object; each is refused for its text alone.
    static let changes: [(name: String, change: @Sendable (String) -> [UInt8])] = [
        ("nothing", { _ in [] }),
        ("a list", { Array("[\($0)]".utf8) }),
        ("a string", { _ in Array(#""x""#.utf8) }),
        ("null", { _ in Array("null".utf8) }),
        ("members without an object", { Array($0.utf8) }),
        ("a second object behind", { Array("{\($0)}{}".utf8) }),
        ("a letter behind", { Array("{\($0)}x".utf8) }),
        ("a NUL behind", { Array("{\($0)}\0".utf8) }),
        ("a byte-order mark", { Array("\u{FEFF}{\($0)}".utf8) }),
        (
            "UTF-16",
            { "{\($0)}".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }
        ),
        ("a trailing comma", { Array("{\($0),}".utf8) }),
        ("a comment", { Array("{\($0)/**/}".utf8) }),
        ("single quotes", { Array("{\($0),'x':1}".utf8) }),
        ("NaN", { Array("{\($0),\"x\":NaN}".utf8) }),
        ("infinity", { Array("{\($0),\"x\":-Infinity}".utf8) }),
        ("a leading zero", { Array("{\($0),\"x\":01}".utf8) }),
        ("a name twice", { Array("{\($0),\"x\":1,\"x\":1}".utf8) }),
        ("a name twice, once escaped", { Array("{\($0),\"x\":1,\"\\u0078\":1}".utf8) }),
        ("a name twice, deep inside", { Array("{\($0),\"y\":[{\"x\":1,\"x\":1}]}".utf8) }),
        ("a control character", { Array("{\($0),\"x\":\"\n\"}".utf8) }),
        ("a lone surrogate", { Array("{\($0),\"x\":\"\\ud800\"}".utf8) }),
        ("a byte that is no UTF-8", { Array("{\($0),\"x\":\"".utf8) + [0xFF] + Array("\"}".utf8) }),
        ("an overlong slash", { Array("{\($0),\"x\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8) }),
        ("a surrogate in UTF-8", { Array("{\($0),\"x\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8) }),
        (
            "64 lists in one another",
            { Array("{\($0),\"x\":\(String(repeating: "[", count: 64))\(String(repeating: "]", count: 64))}".utf8) }
        ),
        ("four thousand open lists", { Array("{\($0),\"x\":\(String(repeating: "[", count: 4_000))}".utf8) }),
    ]

    private let header = #""alg":"EdDSA","kid":"key-1","typ":"JWT""#
    private let claims = #""sub":"user_1","iat":1800000000,"exp":1800000060"#

    private func reason(header: [UInt8], payload: [UInt8]) throws -> String? {
        let pair = try Self.pair.get()
        let keys = try pair.keySet
        let token = try TokenMinter(keyPair: pair).token(payload: payload, header: header)
        return try TokenVerifier(keys: keys, configuration: .init(algorithms: [.edDSA])).reason(
            token,
            keys,
            at: Self.now
        )
    }

    @Test("an unchanged token is accepted, also with white space and with names that only look alike")
    func good() throws {
        let changes =
            [{ $0 }, { " \r\n\t\($0) " }, { "\($0),\"K\":1,\"\u{212A}\":1,\"é\":1,\"e\u{301}\":1" }]
            as [(String) -> String]
        for change in changes {
            let (header, payload) = (Array("{\(change(header))}".utf8), Array("{\(change(claims))}".utf8))
            #expect(try reason(header: header, payload: payload) == nil)
        }
    }

    @Test("a header is refused before its signature is looked at", arguments: changes.indices)
    func header(index: Int) throws {
        let (name, change) = Self.changes[index]
        #expect(try reason(header: change(header), payload: Array("{\(claims)}".utf8)) == "token-invalid", "\(name)")
    }

    @Test("a payload is refused although its signature holds", arguments: changes.indices)
    func payload(index: Int) throws {
        let (name, change) = Self.changes[index]
        #expect(try reason(header: Array("{\(header)}".utf8), payload: change(claims)) == "token-invalid", "\(name)")
    }

    @Test("a token in a token, or a compressed payload, is refused", arguments: [#""cty":"JWT""#, #""zip":"DEF""#])
    func nested(member: String) throws {
        let inner = try TokenMinter(keyPair: try Self.pair.get()).token(claims: ["sub": "user_1"])
        let header = Array("{\(header),\(member)}".utf8)
        #expect(try reason(header: header, payload: Array(inner.utf8)) == "token-invalid")
    }

    @Test("a good signature by another key of the set, under the wrong identifier, does not hold")
    func otherKey() throws {
        let (one, other) = (try Self.pair.get(), try KeyPair(id: "key-2", algorithm: .edDSA))
        let keys = try KeySet(jwks: KeyPair.jwks([one, other]).utf8)
        let verifier = try TokenVerifier(keys: keys, configuration: .init(algorithms: [.edDSA]))
        let claims = TokenMinter.claims(subject: "user_1", at: Self.now)
        for (id, expected) in [("key-2", nil), ("key-1", "token-invalid-signature"), ("key-3", "jwk-kid-mismatch")] {
            let minter = TokenMinter(keyPair: other)
            let token = try minter.token(claims: claims, header: minter.header.replacing(["kid": .string(id)]))
            #expect(verifier.reason(token, keys, at: Self.now) == expected)
        }
        let minter = TokenMinter(keyPair: other)
        let nameless = try minter.token(claims: claims, header: minter.header.replacing(["kid": nil]))
        #expect(verifier.reason(nameless, keys, at: Self.now) == "jwk-kid-mismatch")
    }
}
