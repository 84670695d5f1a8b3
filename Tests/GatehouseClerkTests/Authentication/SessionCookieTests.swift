import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import SharedVectors
import Testing

@Suite("The plain session cookie speaks where it may, and contradictions are refused")
struct SessionCookieTests {
    static let configuration = ClerkAuthenticator.Configuration(acceptsSessionCookie: true)
    static let now = Int(Fixture.now.seconds)

    private static func token(adding claims: JSONValue = [:], subject: String = "user_1") throws -> String {
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        return try minter.token(claims: TokenMinter.claims(subject: subject, at: Fixture.now, adding: claims))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// With `TOKEN` for a good token.
        let cookies: [String]
        let found: String

        init(_ description: String, _ cookies: [String], found: String) {
            (testDescription, self.cookies, self.found) = (description, cookies, found)
        }
    }

    static let rows = [
        Row("no cookie", [], found: "anonymous"),
        Row("other cookies", ["theme=dark; __sessionx=TOKEN"], found: "anonymous"),
        Row("a session", ["__client_uat=\(now); __session=TOKEN"], found: "session"),
        Row("blanks around cookies", [" a=b ;\t__session=TOKEN ;__client_uat=1 "], found: "session"),
        Row("cookies in two fields", ["__client_uat=1", "__session=TOKEN"], found: "session"),
        Row("signed out", ["__client_uat=0"], found: "anonymous"),
        Row("an empty session", ["__client_uat=0; __session="], found: "anonymous"),
        Row("a time that is none", ["__client_uat=soon; __session=TOKEN"], found: "session-token-but-no-client-uat"),
        Row("a time before 1970", ["__client_uat=-1; __session=TOKEN"], found: "session-token-but-no-client-uat"),
        Row(
            "a time beyond all numbers",
            ["__client_uat=99999999999999999999; __session=TOKEN"],
            found: "session-token-but-no-client-uat"
        ),
        Row(
            "a session older than the last sign-in",
            ["__client_uat=\(now + 1); __session=TOKEN"],
            found: "session-token-iat-before-client-uat"
        ),
        Row("the same session twice", ["__client_uat=1; __session=TOKEN; __session=TOKEN"], found: "token-invalid"),
        Row("two times", ["__client_uat=1; __session=TOKEN", "__client_uat=2"], found: "token-invalid"),
        Row("a name in other case", ["__client_uat=1; __Session=TOKEN"], found: "client-uat-but-no-session-token"),
        Row(
            "a cookie without a name",
            ["__client_uat=1; =__session=TOKEN; __session"],
            found: "client-uat-but-no-session-token"
        ),
        Row("a value that begins with =", ["__client_uat=1; __session==TOKEN"], found: "token-invalid"),
        Row("an opaque token", ["__client_uat=1; __session=ak_1"], found: "token-invalid"),
        Row("garbage", ["__client_uat=1; __session=a.b.c"], found: "token-invalid"),
    ]

    @Test("a session cookie is read as its row says", arguments: rows)
    func reading(row: Row) async throws {
        let token = try Self.token()
        var fields = HTTPFields()
        fields[values: .cookie] = row.cookies.map { $0.replacing("TOKEN", with: token) }
        #expect(try await Outcome(of: fields, Self.configuration).text == row.found)
    }

    @Test("a token without the time of its issue is refused")
    func unknownAge() async throws {
        let token = try Self.token(adding: ["iat": nil])
        let fields: HTTPFields = [.cookie: "__client_uat=1; __session=\(token)"]
        #expect(try await Outcome(of: fields, Self.configuration).text == "token-verification-failed")
    }

    @Test("the cookie is not read unless configured, nor where sessions are refused, nor beside an Authorization field")
    func notRead() async throws {
        let token = try Self.token()
        let cookies: HTTPFields = [.cookie: "__client_uat=1; __session=\(token)"]
        #expect(try await Outcome(of: cookies).text == "anonymous")
        let machines = ClerkAuthenticator.Configuration(acceptedTokens: [.m2m], acceptsSessionCookie: true)
        #expect(try await Outcome(of: cookies, machines).text == "anonymous")
        for field in ["Bearer x", "Basic eDp5", ""] {
            var both = cookies
            both[.authorization] = field
            #expect(try await Outcome(of: both, Self.configuration).text == "token-invalid")
        }
    }

    // MARK: Clerk's table of outcomes

    /// Our answer in the cases in which Clerk's SDK gives another: a browser's handshake is a refusal here, and so is a scheme
    /// that is not ours.
    static let differences = [
        "header-basic-scheme": "token-invalid",
        "cookie-uat-zero-no-session": "anonymous",
        "cookie-expired-document": "token-expired",
        "machine-endpoint-no-header": "anonymous",
    ]
    /// Rows that ask for what is not ours: a set's own test is in `RemoteKeySetTests`, and development browsers need a
    /// handshake.
    static let elsewhere: Set = ["header-jwks-empty", "cookie-dev-no-dev-browser"]

    static let outcomes = SharedVectors.rows("clerk/authenticate-request-outcomes.json", "cases")
        .filter { !elsewhere.contains($0.testDescription) }

    @Test(
        "a case of Clerk's SDK has the same outcome, but for the browser's handshake",
        SharedVectors.trait,
        arguments: outcomes
    )
    func outcome(row: SharedVectors.Row) async throws {
        let id = row.testDescription
        let input = try #require(row["input"]?.string)
        var text = input.replacing("<iat-10>", with: String(Self.now - 10)).replacing("ak_...", with: "ak_1")
        for (placeholder, token) in [
            ("<mockJwt>", try Self.token()),
            ("<mockInvalidSignatureJwt>", try Self.forged()),
            ("<m2m jwt>", try Self.token(subject: "mch_1")),
            ("<signed token without sub>", try Self.token(adding: ["sub": nil])),
        ] {
            text = text.replacing(placeholder, with: token)
        }
        var fields = HTTPFields()
        if !text.isEmpty { fields[row["carrier"] == "header" ? .authorization : .cookie] = text }
        let conditions = row["conditions"]
        var offset = 0.0
        if case .number(let seconds)? = conditions?["clock_offset_s"] { offset = seconds.double ?? 0 }
        let kinds = conditions?["acceptsToken"]?.string.flatMap { TokenClassificationTests.types[$0] } ?? .session
        let configuration = ClerkAuthenticator.Configuration(acceptedTokens: [kinds], acceptsSessionCookie: true)
        let outcome = try await Outcome(of: fields, configuration, at: Fixture.now.advanced(by: .seconds(offset)))
        let expected = row["status"] == "signed-in" ? "session" : row["reason"]?.string
        #expect(outcome.text == Self.differences[id] ?? expected)
    }

    /// A token whose signature is that of another.
    private static func forged() throws -> String {
        let parts = try token().split(separator: ".")
        let others = try token(subject: "user_2").split(separator: ".")
        return [parts[0], parts[1], others[2]].joined(separator: ".")
    }
}
