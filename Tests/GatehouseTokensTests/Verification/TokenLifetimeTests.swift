import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("A token may live only for a limited time, and must say for how long")
struct TokenLifetimeTests {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)

    struct Row: Sendable, CustomTestStringConvertible {
        let issuedAt: String?
        let expiry: String
        var maximum: Duration? = .seconds(3_600)
        /// The message of the refusal; `nil` if the token is accepted.
        let message: String?

        var testDescription: String {
            "from \(issuedAt ?? "nowhere") to \(expiry), at most \(maximum.map { "\($0)" } ?? "any")"
        }
    }

    static let noIssue = "the claim \"iat\" is missing, so that the token's lifetime cannot be told"

    static let rows = [
        Row(issuedAt: "1800000000", expiry: "1800003600", message: nil),
        Row(
            issuedAt: "1800000000",
            expiry: "1800007200",
            message: "the token lives 7200 s, and may live 3600 s at most"
        ),
        Row(
            issuedAt: "1800000000",
            expiry: "1800003600.5",
            message: "the token lives 3600.5 s, and may live 3600 s at most"
        ),
        Row(issuedAt: "1799999999.5", expiry: "1800003599.5", message: nil),
        Row(
            issuedAt: "1800000000",
            expiry: "1800000060",
            maximum: .milliseconds(500),
            message: "the token lives 60 s, and may live 0.5 s at most"
        ),
        Row(
            issuedAt: "1800000000",
            expiry: "1e308",
            message: "the token lives 1e+308 s, and may live 3600 s at most"
        ),
        Row(issuedAt: "-1e308", expiry: "1e308", message: "the token lives inf s, and may live 3600 s at most"),
        Row(
            issuedAt: "-9223372036854775808",
            expiry: "9223372036854775807",
            message: "the token lives 1.8446744073709552e+19 s, and may live 3600 s at most"
        ),
        // A token that ends before it begins is refused for that.
        Row(issuedAt: "1800000100", expiry: "1800000060", message: "the token was issued in the future"),
        Row(issuedAt: "1e308", expiry: "1800000060", message: "the token was issued in the future"),
        Row(issuedAt: "1e308", expiry: "-1e308", message: "the token has expired"),
        Row(issuedAt: "-1e308", expiry: "0", message: "the token lives 1e+308 s, and may live 3600 s at most"),
        Row(issuedAt: nil, expiry: "1800000060", message: noIssue),
        Row(issuedAt: nil, expiry: "1", message: noIssue),
        Row(issuedAt: nil, expiry: "1800000060", maximum: nil, message: nil),
        Row(issuedAt: "1", expiry: "1e308", maximum: nil, message: nil),
        Row(issuedAt: "-1e308", expiry: "1e308", maximum: nil, message: nil),
        Row(
            issuedAt: "1",
            expiry: "1e18",
            maximum: .seconds(1 << 32),
            message: "the token lives 1000000000000000000 s, and may live 4294967296 s at most"
        ),
        Row(
            issuedAt: "1800000000",
            expiry: "1800000060",
            maximum: .seconds(1),
            message: "the token lives 60 s, and may live 1 s at most"
        ),
    ]

    @Test("the refusal says how long the token lives, and how long it may", arguments: rows)
    func bound(row: Row) throws {
        let message = try Self.message(
            ["iat": row.issuedAt.map { .number(JSONNumber(unchecked: $0)) } ?? .null, "exp": Self.number(row.expiry)],
            .init(maximumLifetime: row.maximum)
        )
        #expect(message == row.message)
    }

    @Test("a lifetime that is too long is told after the forms of all claims, and before the issuer")
    func order() throws {
        let long = Self.number("1800086401")
        let refusal = "the token lives 86401 s, and may live 86400 s at most"
        #expect(try Self.message(["exp": long]) == refusal)
        #expect(try Self.message(["exp": long, "aud": 1]) != refusal)
        #expect(try Self.message(["exp": long, "nbf": "x"]) != refusal)
        #expect(try Self.message(["exp": long, "azp": 1]) != refusal)
        #expect(try Self.message(["exp": long, "iss": "x"], .init(issuer: "y", audiences: ["z"])) == refusal)
        #expect(try Self.message(["iat": nil], .init(issuer: "y")) == Self.noIssue)
    }

    @Test("a lifetime that is too long has the reason of a malformed claim")
    func code() async throws {
        let pair = try TokenReasonTests.pair.get()
        let clock = ManualClock(Self.now)
        let configuration = TokenVerifier.Configuration(maximumLifetime: .seconds(3_600))
        let verifier = try TokenVerifier(keys: try pair.keySet, configuration: configuration, clock: clock.wall)
        let minter = TokenMinter(keyPair: pair)
        let short = try minter.token(claims: TokenMinter.claims(subject: "user_1", at: Self.now))
        let long = try minter.token(
            claims: TokenMinter.claims(subject: "user_1", at: Self.now, lifetime: .seconds(3_601))
        )
        for _ in 0..<3 {
            #expect(try await verifier.verify(short).subject == "user_1")
            let error = await #expect(throws: TokenError.self) { try await verifier.verify(long) }
            #expect(error?.code == .verificationFailed)
        }
    }

    private static func number(_ text: String) -> JSONValue { .number(JSONNumber(unchecked: text)) }

    /// The message for refusing a token with these claims; `nil` if the token is accepted.
    private static func message(
        _ claims: JSONValue,
        _ configuration: TokenVerifier.Configuration = .init()
    ) throws -> String? {
        let pair = try TokenReasonTests.pair.get()
        let claims = TokenMinter.claims(subject: "user_1", at: now, adding: claims)
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let keys = try pair.keySet
        return try TokenVerifier(keys: keys, configuration: configuration)
            .refusal(of: token, with: keys, at: now)?.message
    }
}
