import GatehouseBase
import GatehouseTesting
import HTTPTypes
import Testing

@testable import GatehouseTokens

@Suite("Values that hold a credential print none")
struct RedactionTests {
    /// Every text that Swift makes of a value, and of what holds it.
    private static func texts(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var printed = ""
        print(value, [value], Optional(value) as Any, to: &printed)
        let result: Result<Any, TokenError> = .success(value)
        return [
            "\(value)", String(reflecting: value), "\([value])", "\((value, 1))", "\(result)", dumped, printed,
            "\(Array(Mirror(reflecting: value).children))",
        ]
    }

    static let request = HTTPTransportRequest(
        method: .post,
        url: "https://user:s3cret@issuer.example:8443/keys?token=s3cret#s3cret",
        headerFields: [.authorization: "Bearer s3cret", .accept: "s3cret"],
        body: Array("s3cret".utf8),
        deadline: .seconds(5),
        maximumResponseByteCount: 10
    )
    static let response = HTTPTransportResponse(
        status: .ok,
        headerFields: [.setCookie: "s3cret"],
        body: Array("s3cret".utf8)
    )
    private static let secretBytes = Array("s3cret".utf8).map { "\($0)" }.joined(separator: ", ")

    private func expectNoSecret(_ value: some Any) {
        for text in Self.texts(of: value) {
            #expect(!text.contains("s3cret") && !text.contains(Self.secretBytes) && !text.contains("115"), "\(text)")
        }
    }

    @Test("a request and an answer describe themselves without their contents")
    func transport() {
        expectNoSecret(Self.request)
        expectNoSecret(Self.response)
        #expect(
            "\(Self.request)"
                == "POST https://issuer.example:8443/keys, fields: Authorization, Accept, body: 6 bytes"
        )
        #expect("\(Self.response)" == "status 200, fields: Set-Cookie, body: 6 bytes")
        #expect("\(HTTPTransportResponse(status: .noContent))" == "status 204, fields: none, body: 0 bytes")
    }

    @Test(
        "an address is shown without user info, query and fragment",
        arguments: [
            ("https://a.example", "https://a.example"), ("https://a.example/", "https://a.example/"),
            ("https://a.example/b/@c", "https://a.example/b/@c"), ("HTTP://[::1]:80/x?y", "HTTP://[::1]:80/x"),
            ("https://u@a.example/x", "https://a.example/x"), ("https://u:p@q@a.example/x", "https://a.example/x"),
            ("https://a.example?u:p@b", "https://a.example"), ("https://a.example#p", "https://a.example"),
            ("https://u:p\\@a.example/", "https://a.example/"), ("https:///u:p@a.example", "(a malformed address)"),
            ("https://u:p/q@a.example", "(a malformed address)"), ("https:/u:p@a.example", "(a malformed address)"),
            ("u:p@a.example/x", "(a malformed address)"), ("", "(a malformed address)"),
            ("ftp://u:p@a.example/", "(a malformed address)"),
            ("https://a.example/\n\u{202E}", "(a malformed address)"),
        ]
    )
    func address(url: String, shown: String) {
        #expect(LoggedAddress(url).description == shown)
    }

    @Test("a verified token prints its subject and its end, and nothing else")
    func token() throws {
        let pair = try TokenReasonTests.pair.get()
        let now = TokenReasonTests.now
        let claims = TokenMinter.claims(
            subject: "user_1\n\u{202E}",
            at: now,
            adding: ["secret": "s3cret", "iss": "https://s3cret"]
        )
        let minter = TokenMinter(keyPair: pair)
        let text = try minter.token(claims: claims, header: minter.header.replacing(["x": "s3cret"]))
        let keys = try pair.keySet
        let verified = try TokenVerifier(keys: keys).verify(text, with: keys, at: now)
        expectNoSecret(verified)
        for shown in Self.texts(of: verified) {
            #expect(shown.contains("user_1") && shown.contains(verified.expiresAt.description))
            #expect(!shown.contains("\u{202E}"))
        }
        #expect("\(verified)" == #"token of "user_1\u{a}\u{202e}" until \#(verified.expiresAt)"#)
    }

    private func expectFitForALog(_ texts: [String]) {
        for text in texts {
            #expect(text.utf8.count < 2_048)
            #expect(
                text.unicodeScalars.allSatisfy { (" "..."~").contains($0) || "…“”\n▿-".unicodeScalars.contains($0) }
            )
        }
    }

    static let hostile = "\r\n\u{1B}[2J\u{202E}é" + String(repeating: "x", count: 10_000)

    @Test("a transport's text reaches the log escaped and cut")
    func transportError() async throws {
        let error = HTTPTransportError(.connectionFailed, Self.hostile)
        expectFitForALog(["\(error)", error.message])
        #expect(error.message.hasPrefix(#"\u{d}\u{a}\u{1b}[2J\u{202e}\u{e9}xxx"#) && error.message.hasSuffix("x…"))
        let source = try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks"),
            transport: InMemoryTransport(answers: [.failure(error)])
        )
        let failure = await #expect(throws: TokenError.self) { try await source.keys() }
        expectFitForALog(Self.texts(of: try #require(failure)) + [failure?.message ?? ""])
        #expect(failure?.message.contains("[2J") == true)
    }

    @Test("a key id reaches the log escaped and cut")
    func keyID() throws {
        let pair = try TokenReasonTests.pair.get()
        let minter = TokenMinter(keyPair: pair)
        let id = String(Self.hostile.unicodeScalars.prefix(200))
        let token = try minter.token(claims: [:], header: minter.header.replacing(["kid": .string(id)]))
        let keys = try pair.keySet
        let error = #expect(throws: TokenError.self) {
            try TokenVerifier(keys: keys).verify(token, with: keys, at: TokenReasonTests.now)
        }
        expectFitForALog(Self.texts(of: try #require(error)) + [error?.message ?? ""])
        #expect(error?.message.contains("[2J") == true)
    }

    @Test(
        "the error of a malformed key set says nothing of its text",
        arguments: [
            "HOSTILE", #"{"HOSTILE":1}"#, #"{"keys":["HOSTILE"]}"#, #"{"keys":[{"kty":"HOSTILE","alg":"HOSTILE"}]}"#,
        ]
    )
    func keySet(text: String) {
        let bytes = Array(text.replacing("HOSTILE", with: Self.hostile).utf8)
        do throws(KeySetError) {
            expectFitForALog(try KeySet(jwks: bytes).refused.map(\.description))
        } catch {
            expectFitForALog(["\(error)", error.message])
            #expect(!error.message.contains("xxx"))
        }
        let pem = #expect(throws: KeySetError.self) { try KeySet(pem: bytes) }
        expectFitForALog([pem?.message ?? ""])
    }
}
