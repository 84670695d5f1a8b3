import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("A key server is asked for a JWK Set, plain and uncompressed")
struct KeyRequestTests {
    static let url = "https://issuer.example/jwks.json"

    @Test("the request accepts the type of RFC 7517 section 8.5.1 and JSON, and no coding")
    func fields() async throws {
        let transport = InMemoryTransport(answers: [.json(#"{"keys":[]}"#)])
        let source = try RemoteKeySet(configuration: .init(url: Self.url), transport: transport)
        _ = try await source.keys()
        let request = transport.requests.first
        #expect(request?.headerFields[values: .accept] == ["application/jwk-set+json, application/json"])
        #expect(request?.headerFields[values: .acceptEncoding] == ["identity"])
    }

    /// The fields of an answer, and what the reason must mention; `nil` if the answer is taken.
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
            status: .ok,
            headerFields: HTTPFields(pairs: fields),
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

    static let secret = HTTPField(name: .authorization, value: "Bearer s3cret")

    @Test("further fields are sent after the source's own, and appear in no description or mirror")
    func furtherFields() async throws {
        let transport = InMemoryTransport(answers: [.failure(HTTPTransportError(.connectionFailed, "refused"))])
        let configuration = RemoteKeySet.Configuration(
            url: "\(Self.url)?k=s3cret",
            headerFields: [Self.secret.name: Self.secret.value]
        )
        let source = try RemoteKeySet(configuration: configuration, transport: transport)
        let error = try #require(await #expect(throws: TokenError.self) { try await source.keys() })
        #expect(transport.requests.first?.headerFields.last == Self.secret)
        #expect(transport.requests.first?.headerFields.count == 3)
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
        "a field that the request itself sets is an error without its value",
        arguments: ["Accept", "ACCEPT-ENCODING", "host", "content-length", "transfer-encoding", "connection"]
    )
    func unacceptable(name: String) throws {
        let field = HTTPField(name: try #require(HTTPField.Name(name)), value: "s3cret")
        let configuration = RemoteKeySet.Configuration(url: Self.url, headerFields: [field.name: field.value])
        let error = #expect(throws: SettingError.self) {
            try RemoteKeySet(configuration: configuration, transport: InMemoryTransport(answers: []))
        }
        #expect(error?.setting == "headerFields")
        #expect(error?.message.contains("s3cret") == false)
    }

    @Test("a field of any other name and text is sent", arguments: ["authorization", "X-Api-Key", "!#$%&'*+-.^_`|~09"])
    func acceptable(name: String) throws {
        let field = HTTPField(name: try #require(HTTPField.Name(name)), value: "a\tb é")
        _ = try RemoteKeySet(
            configuration: .init(url: Self.url, headerFields: [field.name: field.value]),
            transport: InMemoryTransport(answers: [])
        )
    }
}
