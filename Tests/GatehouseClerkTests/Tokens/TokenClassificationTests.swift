import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import SharedVectors
import Testing

@Suite("Machines' tokens are told apart as Clerk's SDK does", SharedVectors.trait)
struct TokenClassificationTests {
    static let file = "clerk/token-classification.json"
    static let types: [String: ClerkTokenKind] = [
        "session_token": .session, "m2m_token": .m2m, "oauth_token": .oauth, "api_key": .apiKey,
    ]

    private static func machineKind(_ credential: String) -> ClerkTokenKind? {
        if let kind = ClerkTokenKind(opaque: credential) { return kind }
        return ClerkTokenKind(claimedBy: credential).flatMap { $0 == .session ? nil : $0 }
    }

    private static func keys() throws -> KeySet {
        let set = try #require(SharedVectors.json(file)?.member("jwks"))
        return try KeySet(jwks: JSONValue(set).utf8)
    }

    private static func outcome(of row: SharedVectors.Row, as kinds: [ClerkTokenKind]) async throws -> Outcome {
        let token = try #require(row["token"]?.string)
        let time = row["now_ms"]?.milliseconds ?? Timestamp(clampingSecondsSinceEpoch: 1_666_648_250)
        let configuration = ClerkAuthenticator.Configuration(acceptedTokens: kinds)
        return try await Outcome(of: [.authorization: "Bearer \(token)"], configuration, keys: keys(), at: time)
    }

    @Test("a credential has the expected kind", arguments: SharedVectors.rows(file, "machine_token_type"))
    func kind(row: SharedVectors.Row) throws {
        let token = try #require(row["token"]?.string)
        #expect(Self.machineKind(token) == row["type"]?.string.flatMap { Self.types[$0] })
        #expect((ClerkTokenKind(opaque: token) != nil) == (row["form"] == "opaque"))
        #expect((ClerkTokenKind(claimedBy: token) != nil) == (row["form"] == "jwt"))
    }

    @Test("a text without the shape of a JWT has no kind", arguments: SharedVectors.rows(file, "jwt_format"))
    func shape(row: SharedVectors.Row) throws {
        // Ours reads the parts as well: those of these rows are no JSON.
        #expect(ClerkTokenKind(claimedBy: try #require(row["token"]?.string)) == nil)
    }

    @Test("the categories are Clerk's")
    func categories() throws {
        let values = try #require(SharedVectors.json(Self.file)?.member("categories")?.member("values"))
        let category = try #require(TokenProfile.clerkAny.category)
        #expect(Set(category.accepted) == Set(["session", "m2m", "ignore"].compactMap { values.member($0)?.string }))
    }

    @Test("a machine's JWT is judged as its row says", arguments: SharedVectors.rows(file, "m2m_jwt_cases"))
    func machines(row: SharedVectors.Row) async throws {
        let outcome = try await Self.outcome(of: row, as: [.m2m])
        try Self.expect(row, outcome, kind: .m2m)
        // The contract has another reason than Clerk's SDK for a category of another kind.
        let code = row["expect"]?["code"]?.string
        if let code { #expect(outcome.text == (code == "token-invalid" ? "token-type-mismatch" : code)) }
    }

    @Test("an OAuth token is judged as its row says", arguments: SharedVectors.rows(file, "oauth_jwt_cases"))
    func oauth(row: SharedVectors.Row) async throws {
        let outcome = try await Self.outcome(of: row, as: [.oauth])
        try Self.expect(row, outcome, kind: .oauth)
        if row["expect"]?["message_contains"] == "expired" { #expect(outcome.text == "token-expired") }
    }

    private static func expect(_ row: SharedVectors.Row, _ outcome: Outcome, kind: ClerkTokenKind) throws {
        let isAccepted = row["expect"]?["ok"] == true
        #expect((outcome.principal != nil) == isAccepted)
        guard isAccepted else { return }
        #expect(outcome.text == kind.rawValue)
        for case let subject? in [row["expect"]?["subject"]?.string] { #expect(outcome.principal?.id == subject) }
        for case let scopes? in [row["expect"]?["scopes"]] {
            #expect(outcome.principal.map { JSONValue($0.scopes) } == scopes)
        }
    }

    @Test(
        "a machine's token is a mismatch where sessions alone are accepted",
        arguments: SharedVectors.rows(file, "session_endpoint_rejects")
    )
    func sessions(row: SharedVectors.Row) async throws {
        let reason = try #require(row["expect_reason"]?.string)
        #expect(try await Self.outcome(of: row, as: [.session]).text == reason)
        let token = try #require(row["token"]?.string)
        let cookies: HTTPFields = [.cookie: "__client_uat=1; __session=\(token)"]
        let configuration = ClerkAuthenticator.Configuration(acceptsSessionCookie: true)
        let time = Timestamp(clampingSecondsSinceEpoch: 1_666_648_250)
        #expect(try await Outcome(of: cookies, configuration, keys: Self.keys(), at: time).text == reason)
    }

    @Test("a machine's claims have the expected contents", arguments: SharedVectors.rows(file, "m2m_payload_mapping"))
    func mapping(row: SharedVectors.Row) async throws {
        let pair = try Fixture.pair.get()
        let token = try TokenMinter(keyPair: pair).token(claims: try #require(row["payload"]))
        let time = row["now_ms"]?.milliseconds ?? Timestamp(clampingSecondsSinceEpoch: 1_666_648_250)
        let keys = try pair.keySet
        let verifier = try TokenVerifier(
            keys: keys,
            configuration: .init(profile: .clerkM2M, clockSkew: .zero, maximumLifetime: nil)
        )
        let verified = Result { () throws(TokenError) in
            ClerkToken(try verifier.verify(token, with: keys, at: time))
        }
        guard row["expect"]?["expired"] != true else {
            #expect(throws: TokenError(.expired, "the token has expired")) { try verified.get() }
            return
        }
        let read = try verified.get()
        if let scopes = row["expect"]?["scopes"] { #expect(JSONValue(read.scopes) == scopes) }
        if let claims = row["expect"]?["claims"] { #expect(read.customClaims == (claims == .null ? [:] : claims)) }
    }

    @Test("a route accepts the kinds of its list", arguments: SharedVectors.rows(file, "accepts"))
    func accepts(row: SharedVectors.Row) async throws {
        let kind = try #require(row["type"]?.string.flatMap { Self.types[$0] })
        let kinds: [ClerkTokenKind] =
            switch row["accepts"] {
            case "any"?: ClerkTokenKind.allCases
            case .array(let names)?: names.compactMap { $0.string.flatMap { Self.types[$0] } }
            case .string(let name)?: [try #require(Self.types[name])]
            default: []
            }
        let subject = kind == .m2m ? "mch_1" : "user_1"
        let claims = TokenMinter.claims(subject: subject, at: Fixture.now)
        let session = try TokenMinter(keyPair: try Fixture.pair.get()).token(claims: claims)
        let credential = kind.opaquePrefix.map { "\($0)1" } ?? session
        let outcome = try await Outcome(
            of: [.authorization: "Bearer \(credential)"],
            .init(acceptedTokens: kinds),
            opaqueTokens: OpaqueTokenTests.Issuer(.success(OpaqueToken(id: "1", subject: subject)))
        )
        #expect(outcome.text == (row["expect"] == true ? kind.rawValue : "token-type-mismatch"))
    }
}

extension JSONValue {
    /// The time so many milliseconds after 1970.
    fileprivate var milliseconds: Timestamp? {
        guard case .number(let number) = self else { return nil }
        return number.double.map { Timestamp(clampingSecondsSinceEpoch: $0 / 1_000) }
    }
}
