import GatehouseClerk
import GatehouseTesting
import Synchronization
import Testing

@Suite("Opaque tokens are judged by their issuer, and by nothing that it says beside a refusal")
struct OpaqueTokenTests {
    /// Answers every question alike, and counts them.
    final class Issuer: OpaqueTokenVerifier {
        let answer: Result<OpaqueToken?, OpaqueTokenError>
        private let questions = Mutex<[String]>([])
        var asked: [String] { questions.withLock { $0 } }

        init(_ answer: Result<OpaqueToken?, OpaqueTokenError>) {
            self.answer = answer
        }

        func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken? {
            questions.withLock { $0.append("\(kind) \(token)") }
            return try answer.get()
        }
    }

    static let all = ClerkAuthenticator.Configuration(
        issuer: "https://clerk.example.com",
        acceptedTokens: ClerkTokenKind.allCases,
        opaqueTokens: .init(deadline: .seconds(3_600))  // which a busy machine does not reach
    )

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let token: OpaqueToken?
        let found: String
        var credential: String { token?.id ?? "mt_1" }

        init(_ description: String, _ token: OpaqueToken?, found: String) {
            (testDescription, self.token, self.found) = (description, token, found)
        }
    }

    static let rows = [
        Row("a machine's token", .init(id: "mt_1", subject: "mch_1"), found: "m2m"),
        Row("an OAuth token", .init(id: "oat_1", subject: "user_1"), found: "oauth"),
        Row("a user's key", .init(id: "ak_1", subject: "user_1"), found: "apiKey"),
        Row("an organization's key", .init(id: "ak_1", subject: "org_1"), found: "apiKey"),
        Row("one that the issuer does not know", nil, found: "token-invalid"),
        Row("one that was revoked", .init(id: "mt_1", subject: "mch_1", isRevoked: true), found: "token-revoked"),
        Row(
            "one that has expired, as the issuer says",
            .init(id: "mt_1", subject: "mch_1", isExpired: true),
            found: "token-expired"
        ),
        Row("one that is not active", .init(id: "mt_1", subject: "mch_1", isActive: false), found: "token-invalid"),
        Row(
            "one that expired five seconds ago",
            .init(id: "mt_1", subject: "mch_1", expiresAt: Fixture.now.advanced(by: .seconds(-5))),
            found: "token-expired"
        ),
        Row(
            "one that expired four seconds ago, which clocks may differ by",
            .init(id: "mt_1", subject: "mch_1", expiresAt: Fixture.now.advanced(by: .seconds(-4))),
            found: "m2m"
        ),
        Row("a user's where a machine's is meant", .init(id: "mt_1", subject: "user_1"), found: "token-type-mismatch"),
        Row("a machine's where a user's is meant", .init(id: "oat_1", subject: "mch_1"), found: "token-type-mismatch"),
        Row("a key without a subject", .init(id: "ak_1", subject: ""), found: "token-type-mismatch"),
    ]

    @Test("an opaque token is accepted or refused as its row says", arguments: rows)
    func judged(row: Row) async throws {
        let issuer = Issuer(.success(row.token))
        let outcome = try await Outcome(
            of: [.authorization: "Bearer \(row.credential)"],
            Self.all,
            opaqueTokens: issuer
        )
        #expect(outcome.text == row.found)
        #expect(issuer.asked.count == 1)
    }

    @Test("the issuer is not asked about a token of another kind, of too many bytes, or of a prefix alone")
    func notAsked() async throws {
        let issuer = Issuer(.success(OpaqueToken(id: "ak_1", subject: "user_1")))
        let sessions = ClerkAuthenticator.Configuration()
        let fields: HTTPFields = [.authorization: "Bearer ak_1"]
        #expect(try await Outcome(of: fields, sessions, opaqueTokens: issuer).text == "token-type-mismatch")
        #expect(try await Outcome(of: fields, Self.all).text == "token-type-mismatch")
        let long = "ak_" + String(repeating: "a", count: 1_022)
        #expect(
            try await Outcome(of: [.authorization: "Bearer \(long)"], Self.all, opaqueTokens: issuer).text
                == "token-invalid"
        )
        #expect(
            try await Outcome(of: [.authorization: "Bearer ak_"], Self.all, opaqueTokens: issuer).text
                == "token-invalid"
        )
        #expect(issuer.asked.isEmpty)
        #expect(
            try await Outcome(of: [.authorization: "Bearer \(long.dropLast())"], Self.all, opaqueTokens: issuer).text
                == "apiKey"
        )
    }

    @Test("an issuer that cannot be asked is 503, whatever the token")
    func unavailable() async throws {
        let issuer = Issuer(
            .failure(OpaqueTokenError(.init(rawValue: "secret-key-invalid"), "no", retryAfter: .seconds(9)))
        )
        let outcome = try await Outcome(of: [.authorization: "Bearer mt_1"], Self.all, opaqueTokens: issuer)
        guard case .unavailable("secret-key-invalid", "no", .seconds(9)?) = outcome.authentication else {
            Issue.record("\(outcome.authentication)")
            return
        }
    }

    @Test("the principal is the subject, with scopes, client and claims, without attributes and rights of its own")
    func principal() async throws {
        let claims: JSONValue = ["org_role": "org:admin", "scopes": "everything", "team": "a"]
        let token = OpaqueToken(
            id: "ak_1",
            subject: "org_1",
            scopes: ["read", "write"],
            claims: claims,
            expiresAt: Fixture.now.advanced(by: .seconds(60))
        )
        let outcome = try await Outcome(
            of: [.authorization: "Bearer ak_x"],
            Self.all,
            opaqueTokens: Issuer(.success(token))
        )
        let principal = try #require(outcome.principal)
        #expect(principal.id == "org_1" && principal.kind == .service && principal.organization == "org_1")
        #expect(principal.issuer == "https://clerk.example.com")
        #expect(principal.roles.isEmpty && principal.permissions.isEmpty && principal.session == nil)
        #expect(principal.scopes == ["read", "write"] && principal.claims == claims && principal.attributes == [:])
        #expect(principal.expiresAt == Fixture.now.advanced(by: .seconds(60)))
    }

    @Test("a route accepts other kinds than its neighbour by the same authenticator")
    func routes() async throws {
        let pair = try Fixture.pair.get()
        let claims = TokenMinter.claims(subject: "mch_1", at: Fixture.now)
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let request = AuthorizationRequest(method: .get, path: "/", headerFields: [.authorization: "Bearer \(token)"])
        let sessions = try ClerkAuthenticator(keys: try pair.keySet, clock: ManualClock(Fixture.now).wall)
        guard case .rejected("token-type-mismatch", _) = await sessions.authenticate(request),
            case .authenticated(let machine) = await sessions.accepting([.m2m]).authenticate(request)
        else {
            Issue.record("sessions accepts a machine, or accepting([.m2m]) does not")
            return
        }
        #expect(machine.kind == .machine)
    }
}
