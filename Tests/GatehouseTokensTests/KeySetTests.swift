import GatehouseBase
import GatehouseTesting
import SharedVectors
import Testing

@testable import GatehouseTokens

@Suite("A key set keeps its good keys and says why it left out the others")
struct KeySetTests {
    static let pair = Result { try KeyPair(id: "good") }
    static let point: JSONValue = [
        "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    ]

    /// The change that makes it the key of RFC 8037 appendix A.2.
    static let okp: JSONValue = [
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "y": nil,
    ]

    /// A change to a good RSA key, and what the reason must mention; `nil` if the key stays usable.
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var members: JSONValue
        var reason: String?

        init(_ name: String, _ members: JSONValue, _ reason: String?) {
            (testDescription, self.members, self.reason) = (name, members, reason)
        }
    }

    static let changes: [Change] = [
        Change("as it is", [:], nil),
        Change("without optional members", ["use": nil, "alg": nil, "kid": nil], nil),
        Change("an unknown member", ["x5t": "abc", "extra": [1]], nil),
        Change("use for encryption", ["use": "enc"], "use"),
        Change("use is no string", ["use": ["sig"]], "use"),
        Change("operations with verify", ["key_ops": ["verify"]], nil),
        Change("operations without verify", ["key_ops": ["encrypt"]], "key_ops"),
        Change("no operations", ["key_ops": []], "key_ops"),
        Change("operations twice", ["key_ops": ["verify", "verify"]], "key_ops"),
        Change("operations are no list", ["key_ops": "verify"], "key_ops"),
        Change("an operation that is no string", ["key_ops": ["verify", 1]], "key_ops"),
        Change("an encryption algorithm", ["alg": "RSA-OAEP"], "alg"),
        Change("HMAC", ["alg": "HS256"], "alg"),
        Change("none", ["alg": "none"], "alg"),
        Change("a number as algorithm", ["alg": 256], "alg"),
        Change("the algorithm of another kind of key", ["alg": "ES256"], "alg"),
        Change("another RSA algorithm", ["alg": "PS512"], nil),
        Change("an empty kid", ["kid": ""], "kid"),
        Change("a number as kid", ["kid": 7], "kid"),
        Change("a kid of 257 bytes", ["kid": .string(String(repeating: "k", count: 257))], "kid"),
        Change("no type", ["kty": nil], "kty"),
        Change("an unknown type", ["kty": "rsa"], "kty"),
        Change("a symmetric key", ["kty": "oct", "k": "AAAA"], "\"k\""),
        Change("a private exponent", ["d": "AQAB"], "\"d\""),
        Change("a prime", ["p": "AQAB"], "\"p\""),
        Change("more primes", ["oth": []], "oth"),
        Change("no modulus", ["n": nil], "\"n\""),
        Change("a modulus that is no base64url", ["n": "A+/="], "\"n\""),
        Change("a short modulus", ["n": .string("1" + String(repeating: "A", count: 170) + "E")], "bits"),
        Change("a modulus of zeros", ["n": "AAAA"], "zero"),
        Change("an empty modulus", ["n": ""], "empty"),
        Change("a short modulus behind zeros", ["n": .string(String(repeating: "A", count: 342))], "zero"),
        Change("an exponent behind zeros", ["e": "AAEAAQ"], nil),
        Change("exponent 3 behind zeros", ["e": "AAAD"], "exponent"),
        Change("no exponent", ["e": nil], "\"e\""),
        Change("exponent 3", ["e": "Aw"], "exponent"),
        Change("exponent 1", ["e": "AQ"], "exponent"),
        Change("an even exponent", ["e": "AQAC"], "exponent"),
    ]

    @Test("a JWK is used only as its own members allow", arguments: changes)
    func binding(row: Change) throws {
        let good = try Self.pair.get().jwk
        let set = try KeySet(
            jwks: JSONValue.object([
                JSONMember("keys", [good.replacing(row.members), good.replacing(["kid": "other"])])
            ]).utf8
        )
        #expect(set.keys.count == (row.reason == nil ? 2 : 1))
        #expect(set.refused.map(\.index) == (row.reason == nil ? [] : [0]))
        if let reason = row.reason { #expect(set.refused.first?.reason.contains(reason) == true) }
    }

    @Test(
        "keys of other kinds are validated too",
        arguments: [
            ([:], true), (["y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"], false), (["crv": "P-384"], false),
            (["crv": "secp256k1"], false), (["x": "AA"], false), (["alg": "ES256"], true), (["alg": "ES384"], false),
            (["d": "AAAA"], false), (okp, true), (okp.replacing(["crv": "Ed448"]), false),
            (okp.replacing(["alg": "EdDSA"]), true), (okp.replacing(["alg": "Ed25519"]), false),
            (okp.replacing(["x": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]), false),
            (["kty": "OKP", "crv": "X25519", "y": nil], false), (["kty": "OKP", "crv": "Ed25519", "x": "AAAA"], false),
        ] as [(JSONValue, Bool)]
    )
    func otherKinds(change: JSONValue, isUsable: Bool) throws {
        let set = try KeySet(jwks: JSONValue.object([JSONMember("keys", [Self.point.replacing(change)])]).utf8)
        #expect(set.keys.count == (isUsable ? 1 : 0))
    }

    @Test(
        "the fault of a key is told as a kind",
        arguments: [
            (["n": nil], .malformed), (["kid": 7], .malformed), (["d": "AQAB"], .secret), (["use": "enc"], .purpose),
            (["alg": "HS256"], .purpose), (["kty": "X"], .unsupported), (["e": "Aw"], .numbers),
            (point.replacing(["alg": nil, "crv": "P-224"]), .unsupported),
            (point.replacing(["alg": nil, "x": "AA"]), .point),
        ] as [(JSONValue, KeySet.Refusal.Code)]
    )
    func codes(change: JSONValue, code: KeySet.Refusal.Code) throws {
        let set = try KeySet(jwk: try Self.pair.get().jwk.replacing(change).utf8)
        #expect(set.keys.isEmpty)
        #expect(set.refused.map(\.code) == [code])
    }

    @Test("a single JWK is a set of one key")
    func singleJWK() throws {
        let pair = try Self.pair.get()
        let set = try KeySet(jwk: pair.jwk.description)
        #expect(set.keys.map(\.id) == ["good"])
        for text in ["", "[]", "1", "{", #"{"kty":"RSA","kty":"RSA"}"#] {
            let error = #expect(throws: KeySetError.self) { try KeySet(jwk: text) }
            #expect(error?.code == .malformed)
        }
    }

    @Test(
        "a text that is no key set at all is an error",
        arguments: [
            ("", KeySetError.Code.malformed), ("[]", .malformed), ("{}", .malformed), (#"{"keys":{}}"#, .malformed),
            (#"{"keys":[],"keys":[]}"#, .malformed), (#"{"keys":[]} x"#, .malformed), ("<html>", .malformed),
            (#"{"keys":["# + Array(repeating: "1", count: 101).joined(separator: ",") + "]}", .tooManyKeys),
        ]
    )
    func malformed(text: String, code: KeySetError.Code) {
        let error = #expect(throws: KeySetError.self) { try KeySet(jwks: text) }
        #expect(error?.code == code)
    }

    @Test("a key set over 256 KiB is an error, and a set of 256 KiB is none")
    func tooLarge() throws {
        let text = #"{"keys":[]}"#
        let padding = String(repeating: " ", count: 262_144 - text.utf8.count)
        #expect(try KeySet(jwks: text + padding).keys.isEmpty)
        let error = #expect(throws: KeySetError.self) { try KeySet(jwks: text + padding + " ") }
        #expect(error?.code == .tooLarge)
    }

    @Test("a set without a usable key is still a set", arguments: [#"{"keys":[]}"#, #"{"keys":[1,null,{}]}"#])
    func noUsableKey(text: String) throws {
        let set = try KeySet(jwks: text)
        #expect(set.keys.isEmpty)
    }

    @Test("a key is found only by its own identifier, and only where no other key has it")
    func lookup() throws {
        let pairs = try ["a", "b", "a"].map { try KeyPair(id: $0) }
        let set = try KeySet(jwks: KeyPair.jwks(pairs).utf8)
        func found(_ id: String?) throws -> String? {
            let node = try id.map { try JSONDocument(parsing: JSONValue.string($0).utf8).root }
            return try? set.key(for: node, .rs256).id
        }
        #expect(try found("b") == "b")
        #expect(try found("a") == nil)
        #expect(try found("c") == nil)
        #expect(try found("") == nil)
        #expect(try found(nil) == nil)
    }

    @Test("a token under RS256 for a key of another kind has the wrong algorithm")
    func algorithmOfTheKey() throws {
        let pair = try Self.pair.get()
        let token = try TokenMinter(keyPair: pair).token(claims: [:])
        for jwk in [Self.point.replacing(["kid": "good"]), pair.jwk.replacing(["alg": "RS512"])] {
            let set = try KeySet(jwks: JSONValue.object([JSONMember("keys", [jwk])]).utf8)
            #expect(TokenVerifier(keys: set).reason(token, set, at: .distantPast) == "token-invalid-algorithm")
        }
    }

    @Test("zero octets in front of a modulus change neither the number nor its strength")
    func leadingZeros() throws {
        for (bits, isUsable) in [(2_048, true), (1_024, false)] {
            let pair = try KeyPair(id: "zeros", bits: bits)
            let modulus = try #require(pair.jwk["n"]?.string.flatMap { Base64URL.decode($0) })
            for count in [0, 1, 2, 3, 128, 1_000] {
                let padded = Base64URL.encode(Array(repeating: 0, count: count) + modulus)
                let set = try KeySet(jwk: pair.jwk.replacing(["n": .string(padded)]).utf8)
                #expect(set.keys.count == (isUsable ? 1 : 0))
                #expect(isUsable || set.refused.first?.reason.contains("1024 bits") == true)
                guard isUsable else { continue }
                let token = try TokenMinter(keyPair: pair).token(
                    claims: TokenMinter.claims(subject: "u", at: .distantPast.advanced(by: .seconds(9_999)))
                )
                let time = Timestamp.distantPast.advanced(by: .seconds(9_999))
                #expect(TokenVerifier(keys: set).reason(token, set, at: time) == nil)
            }
        }
    }

    @Test("PEM is read in the shapes that people paste", arguments: PEMShape.allCases)
    func pem(shape: PEMShape) throws {
        let pair = try Self.pair.get()
        let set = try KeySet(pem: shape.applied(to: pair.pem))
        let minter = TokenMinter(keyPair: pair)
        let claims = TokenMinter.claims(subject: "u", at: .distantPast.advanced(by: .seconds(9_999)))
        let token = try minter.token(claims: claims, header: minter.header.replacing(["kid": "not compared"]))
        let time = Timestamp.distantPast.advanced(by: .seconds(9_999))
        #expect(TokenVerifier(keys: set).reason(token, set, at: time) == nil)
    }

    @Test("PEM of every kind of key is read", arguments: [.es256, .es384, .es512, .edDSA] as [SignatureAlgorithm])
    func pemKinds(algorithm: SignatureAlgorithm) throws {
        let pair = try KeyPair(algorithm: algorithm)
        for shape in PEMShape.allCases where shape != .pkcs1 {
            let set = try KeySet(pem: shape.applied(to: pair.pem))
            #expect(set.keys.map(\.algorithms) == [[algorithm]])
        }
    }

    enum PEMShape: CaseIterable {
        case byteOrderMark, pkcs1, bagAttributes, comments, commentedOut
        case plain, carriageReturns, oneLine, escapedLineEnds, noArmour, noArmourOneLine, quoted, indented

        func applied(to pem: String) -> String {
            let lines = pem.split(separator: "\n")
            let body = lines.dropFirst().dropLast()
            switch self {
            case .plain: return pem
            case .byteOrderMark: return "\u{FEFF}" + pem
            case .pkcs1:  // what stands in front of the RSAPublicKey is 24 bytes, in 32 characters
                return "-----BEGIN RSA PUBLIC KEY-----\n" + body.joined(separator: "\n").dropFirst(32)
                    + "\n-----END RSA PUBLIC KEY-----\n"
            case .bagAttributes:
                return "Bag Attributes\n    friendlyName: -- a 'key' of \"mine\"\nKey Attributes: <No Attributes>\n"
                    + pem
            case .comments: return "# token signing é\r\n\r\n" + pem + "\n# rotated yearly -----\n\0"
            case .commentedOut:
                return "# -----BEGIN PUBLIC KEY-----\n# AAAA\n# -----END PUBLIC KEY-----\n" + pem
            case .carriageReturns: return lines.joined(separator: "\r\n")
            case .oneLine: return lines.joined(separator: " ")
            case .escapedLineEnds: return lines.joined(separator: "\\n")
            case .noArmour: return body.joined(separator: "\n")
            case .noArmourOneLine: return body.joined()
            case .quoted: return "\"" + lines.joined(separator: "\\n") + "\"\n"
            case .indented: return lines.map { "    " + $0 }.joined(separator: "\n")
            }
        }
    }

    @Test(
        "a text that is not one public key in PEM is an error",
        arguments: [
            "", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "AAAA", "A", "not base64 !", "{}",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
            "x -----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY", "-----BEGIN", "-----BEGIN -----END -----",
        ]
    )
    func malformedPEM(text: String) {
        let error = #expect(throws: KeySetError.self) { try KeySet(pem: text) }
        #expect(error?.code == .malformedPEM)
    }

    /// The kind of block, and what the message must mention.
    @Test(
        "a PEM block of another kind is named, with the way to its public key",
        arguments: [
            ("CERTIFICATE", "openssl x509 -pubkey -noout -in FILE"), ("PRIVATE KEY", "openssl pkey -pubout -in FILE"),
            ("TRUSTED CERTIFICATE", "openssl x509 -pubkey -noout -in FILE"),
            ("RSA PRIVATE KEY", "openssl pkey -pubout -in FILE"),
            ("ENCRYPTED PRIVATE KEY", "openssl pkey -pubout -in FILE"), ("EC PARAMETERS", "“EC PARAMETERS”"),
            ("\u{202E}" + String(repeating: "X", count: 1_000), "u{202e}XXX"),
        ]
    )
    func otherBlock(label: String, mentioned: String) throws {
        let text = "Subject: x\n-----BEGIN \(label)-----\nAAAA\n-----END \(label)-----\n"
        let error = #expect(throws: KeySetError.self) { try KeySet(pem: text) }
        #expect(error?.code == .malformedPEM)
        #expect(error?.message.contains(mentioned) == true)
        #expect((error?.message.utf8.count ?? 0) < 512)
    }

    @Test("no key is picked from several PEM blocks")
    func severalBlocks() throws {
        let pem = try Self.pair.get().pem
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        for text in [pem + pem, pem + certificate, certificate + pem, certificate + certificate] {
            let error = #expect(throws: KeySetError.self) { try KeySet(pem: text) }
            #expect(error?.message.contains("more than one block") == true)
        }
    }

    @Test("a PEM key that is too weak gives a set without keys, and the reason")
    func weakPEM() throws {
        let set = try KeySet(pem: try KeyPair(bits: 1_024).pem)
        #expect(set.keys.isEmpty)
        #expect(set.refused.first?.reason.contains("1024 bits") == true)
    }
}
