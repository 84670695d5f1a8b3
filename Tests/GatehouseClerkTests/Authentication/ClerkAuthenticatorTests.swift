import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("Clerk's authenticator")
struct ClerkAuthenticatorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var claims: JSONValue = [:]
        var subject = "user_1"
        var type: JSONValue = "JWT"
        var category: JSONValue = nil
        var configuration = ClerkAuthenticator.Configuration()
        /// The kind of an accepted token, or the reason for refusing it.
        var found: String
    }

    static let session = "cl_B7d4PD111AAA"
    static let template = "cl_B7d4PD222AAA"
    static let machine = "cl_B7d4PD333AAA"
    static let neutral = "cl_I7d4PD111III"
    static let all = ClerkAuthenticator.Configuration(acceptedTokens: [.session, .m2m, .oauth])

    /// Unix seconds so much after the time of all these.
    private static func seconds(_ offset: Int64) -> JSONValue {
        JSONValue(secondsOf: Fixture.now.advanced(by: .seconds(offset)))
    }

    static let rows = [
        Row(testDescription: "a session", found: "session"),
        Row(testDescription: "a session's category", category: .string(session), found: "session"),
        Row(testDescription: "the neutral category", category: .string(neutral), found: "session"),
        Row(testDescription: "a template's token", category: .string(template), found: "token-type-mismatch"),
        Row(testDescription: "a machine's category", category: .string(machine), found: "token-invalid"),
        Row(
            testDescription: "a machine's category and subject",
            subject: "mch_1",
            category: .string(machine),
            found: "token-type-mismatch"
        ),
        Row(testDescription: "a machine's subject", subject: "mch_1", found: "token-type-mismatch"),
        Row(testDescription: "an OAuth token", type: "at+jwt", found: "token-type-mismatch"),
        Row(testDescription: "a machine where all are accepted", subject: "mch_1", configuration: all, found: "m2m"),
        Row(
            testDescription: "a machine's category where all are accepted",
            subject: "mch_1",
            category: .string(machine),
            configuration: all,
            found: "m2m"
        ),
        Row(
            testDescription: "a machine's category on a user",
            category: .string(machine),
            configuration: all,
            found: "token-invalid"
        ),
        Row(
            testDescription: "a session's category on a machine",
            subject: "mch_1",
            category: .string(session),
            configuration: all,
            found: "token-type-mismatch"
        ),
        Row(testDescription: "an OAuth token where all are", type: "at+jwt", configuration: all, found: "oauth"),
        Row(testDescription: "a session where all are", configuration: all, found: "session"),
        Row(
            testDescription: "a session where machines alone are accepted",
            configuration: .init(acceptedTokens: [.m2m]),
            found: "token-type-mismatch"
        ),
        Row(
            testDescription: "anything where nothing is accepted",
            configuration: .init(acceptedTokens: []),
            found: "token-type-mismatch"
        ),
        Row(
            testDescription: "an expired machine's token has its own reason",
            claims: ["exp": 1],
            subject: "mch_1",
            configuration: all,
            found: "token-expired"
        ),
        Row(testDescription: "a pending session", claims: ["sts": "pending"], found: "session-pending"),
        Row(testDescription: "an active session", claims: ["sts": "active"], found: "session"),
        Row(testDescription: "an expired session", claims: ["exp": 1], found: "token-expired"),
        Row(
            testDescription: "another issuer",
            claims: ["iss": "https://clerk.other.com"],
            configuration: .init(issuer: "https://clerk.example.com"),
            found: "token-invalid-issuer"
        ),
        Row(
            testDescription: "the issuer with a slash more",
            claims: ["iss": "https://clerk.example.com/"],
            configuration: .init(issuer: "https://clerk.example.com"),
            found: "token-invalid-issuer"
        ),
        Row(
            testDescription: "the issuer",
            claims: ["iss": "https://clerk.example.com"],
            configuration: .init(issuer: "https://clerk.example.com"),
            found: "session"
        ),
        Row(
            testDescription: "an algorithm that is not configured",
            configuration: .init(algorithms: [.es256]),
            found: "token-invalid-algorithm"
        ),
        Row(
            testDescription: "a configured party",
            claims: ["azp": "https://app"],
            configuration: .init(authorizedParties: ["https://app"]),
            found: "session"
        ),
        Row(
            testDescription: "no party where one is configured",
            configuration: .init(authorizedParties: ["https://app"]),
            found: "token-invalid-authorized-parties"
        ),
        Row(
            testDescription: "no party where it may be absent",
            configuration: .init(authorizedParties: ["https://app"], allowsMissingAuthorizedParty: true),
            found: "session"
        ),
        Row(
            testDescription: "another party where it may be absent",
            claims: ["azp": "https://other"],
            configuration: .init(authorizedParties: ["https://app"], allowsMissingAuthorizedParty: true),
            found: "token-invalid-authorized-parties"
        ),
        Row(testDescription: "a session of an hour", claims: ["exp": seconds(3_600)], found: "session"),
        Row(
            testDescription: "a session of more than an hour",
            claims: ["exp": seconds(3_601)],
            found: "token-verification-failed"
        ),
        Row(
            testDescription: "a session of more than an hour where a day is configured",
            claims: ["exp": seconds(3_601)],
            configuration: .init(maximumTokenLifetime: .seconds(86_400)),
            found: "session"
        ),
        Row(
            testDescription: "a session that does not say since when",
            claims: ["iat": nil],
            found: "token-verification-failed"
        ),
        Row(
            testDescription: "a machine's token of a day",
            claims: ["exp": seconds(86_400)],
            subject: "mch_1",
            configuration: all,
            found: "m2m"
        ),
        Row(
            testDescription: "a machine's token of more than a day",
            claims: ["exp": seconds(86_401)],
            subject: "mch_1",
            configuration: all,
            found: "token-verification-failed"
        ),
        Row(
            testDescription: "an OAuth token of more than is configured",
            claims: ["exp": seconds(61)],
            type: "at+jwt",
            configuration: .init(
                maximumMachineTokenLifetime: .seconds(60),
                acceptedTokens: [.session, .m2m, .oauth]
            ),
            found: "token-verification-failed"
        ),
        Row(
            testDescription: "a machine has no party",
            subject: "mch_1",
            configuration: .init(authorizedParties: ["https://app"], acceptedTokens: [.session, .m2m]),
            found: "m2m"
        ),
    ]

    @Test("the authenticator accepts the configured kinds, and gives Clerk's reasons for the others", arguments: rows)
    func kinds(row: Row) async throws {
        let pair = try Fixture.pair.get()
        var header: [JSONMember] = [
            JSONMember("alg", "RS256"), JSONMember("kid", .string(pair.id)), JSONMember("typ", row.type),
        ]
        if row.category != .null { header.append(JSONMember("cat", row.category)) }
        let claims = TokenMinter.claims(subject: row.subject, at: Fixture.now, adding: row.claims)
        let token = try TokenMinter(keyPair: pair).token(claims: claims, header: .object(header))
        #expect(try await Outcome(of: [.authorization: "Bearer \(token)"], row.configuration).text == row.found)
    }

    @Test(
        "the authenticator reads one bearer token of the header",
        arguments: [(nil, "anonymous"), ("Bearer x", "token-invalid"), ("Basic eDp5", "token-invalid")]
            as [(String?, String)]
    )
    func header(field: String?, found: String) async throws {
        #expect(try await Outcome(of: field.map { [.authorization: $0] } ?? [:]).text == found)
    }
}
