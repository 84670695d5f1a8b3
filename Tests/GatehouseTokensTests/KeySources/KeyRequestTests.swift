import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@Suite("A key server is asked for a JWK Set, plain and uncompressed")
struct KeyRequestTests {
    static let url = "https://issuer.example/jwks.json"

    private static func values(_ name: String, of request: HTTPTransportRequest?) -> [String] {
        (request?.fields ?? []).filter { $0.name.lowercased() == name }.map(\.value)
    }

    @Test("the request names the type of RFC 7517 section 8.5.1 and JSON, and no coding")
    func fields() async throws {
        let transport = InMemoryTransport(answers: [.json(#"{"keys":[]}"#)])
        let source = try RemoteKeySet(configuration: .init(url: Self.url), transport: transport)
        _ = try await source.keys()
        let request = transport.requests.first
        #expect(Self.values("accept", of: request) == ["application/jwk-set+json, application/json"])
        #expect(Self.values("accept-encoding", of: request) == ["identity"])
    }

    /// The fields of an answer, and what the reason must mention; `nil` where the answer is taken.
    @Test(
        "a coded answer is refused for its coding",
        arguments: [
            ([], nil), ([("content-encoding", "identity")], nil), ([("Content-Encoding", "Identity")], nil),
            ([("content-encoding", "")], nil), ([("content-encoding", " identity , identity ")], nil),
            ([("content-encoding", "gzip")], "gzip"), ([("CONTENT-ENCODING", "br")], "br"),
            ([("content-encoding", "identity"), ("content-encoding", "zstd")], "zstd"),
            ([("content-encoding", "identity, deflate")], "deflate"),
            ([("content-encoding", "x\u{202E}\r\n")], #"x\u{202e}"#),
        ] as [([(String, String)], String?)]
    )
    func coding(fields: [(String, String)], mentioned: String?) async throws {
        let response = HTTPTransportResponse(
            status: 200,
            fields: fields.map { HTTPTransportField($0, $1) },
            body: Array(#"{"keys":[]}"#.utf8)
        )
        let transport = InMemoryTransport(answers: [.success(response)])
        let source = try RemoteKeySet(configuration: .init(url: Self.url), transport: transport)
        do throws(TokenError) {
            _ = try await source.keys()
            #expect(mentioned == nil)
        } catch {
            let mentioned = try #require(mentioned)
            #expect(error.message.contains("Content-Encoding") && error.message.contains(mentioned))
            #expect(error.message.utf8.count < 512)
        }
    }

    static let secret = HTTPTransportField("Authorization", "Bearer s3cret")

    @Test("further fields are sent behind our own, and neither described nor mirrored")
    func furtherFields() async throws {
        let transport = InMemoryTransport(answers: [.failure(HTTPTransportError(.connectionFailed, "refused"))])
        let configuration = RemoteKeySet.Configuration(url: "\(Self.url)?k=s3cret", fields: [Self.secret])
        let source = try RemoteKeySet(configuration: configuration, transport: transport)
        let error = try #require(await #expect(throws: TokenError.self) { try await source.keys() })
        #expect(transport.requests.first?.fields.last == Self.secret)
        #expect(transport.requests.first?.fields.count == 3)
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(source, to: &dumped)
        dump(error, to: &dumped)
        for text in [dumped, "\(configuration)", String(reflecting: configuration), error.message] {
            #expect(!text.contains("s3cret"))
        }
        #expect("\(configuration)" == "\(Self.url), fields: Authorization")
    }

    @Test(
        "a field that cannot be sent, or is not the caller's, is an error without its value",
        arguments: [
            ("", "s3cret"), ("a b", "s3cret"), ("a:", "s3cret"), ("é", "s3cret"), ("x", "s3cret\r\ny: z"),
            ("x", "s3cret\0"), ("x", "s3cret\u{7F}"), ("Accept", "s3cret"), ("ACCEPT-ENCODING", "s3cret"),
            ("host", "s3cret"), ("content-length", "s3cret"), ("transfer-encoding", "s3cret"), ("connection", "s3cret"),
        ]
    )
    func unacceptable(name: String, value: String) {
        let configuration = RemoteKeySet.Configuration(url: Self.url, fields: [HTTPTransportField(name, value)])
        let error = #expect(throws: KeySetError.self) {
            try RemoteKeySet(configuration: configuration, transport: InMemoryTransport(answers: []))
        }
        #expect(error?.code == .unacceptableField)
        #expect(error?.message.contains("s3cret") == false)
    }

    @Test("a field of any other name and text is sent", arguments: ["authorization", "X-Api-Key", "!#$%&'*+-.^_`|~09"])
    func acceptable(name: String) throws {
        let field = HTTPTransportField(name, "a\tb é")
        _ = try RemoteKeySet(
            configuration: .init(url: Self.url, fields: [field]),
            transport: InMemoryTransport(answers: [])
        )
    }
}
