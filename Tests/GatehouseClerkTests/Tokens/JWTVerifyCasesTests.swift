import GatehouseBase
import GatehouseClerk
import SharedVectors
import Testing

@Suite("Tokens from the tests of Clerk's JavaScript SDK", SharedVectors.trait)
struct JWTVerifyCasesTests {
    static let file = "clerk/jwt-verify-cases.json"

    @Test("a case gives the expected reason", arguments: SharedVectors.rows(file, "cases"))
    func reason(row: SharedVectors.Row) throws {
        let token = try #require(row["token"]?.string)
        let options = try #require(row["options"])
        let profile = try Self.profile(of: row, options)
        let verifier = try TokenVerifier(
            keys: try Self.keys(named: try #require(row["key"]?.string)),
            configuration: .init(
                profile: profile,
                audiences: Self.strings(options["audience"]),
                authorizedParties: Self.strings(options["authorizedParties"]),
                clockSkew: Self.skew(options),
                maximumLifetime: nil  // Clerk's SDK has no bound
            )
        )
        let expected = row["expect"]?["ok"] == true ? nil : row["expect"]?["reason"]?.string
        #expect(try Self.reason(token, verifier, keys: Self.keys(named: row["key"]?.string ?? ""), row) == expected)
    }

    /// The reason, or `nil`; the claims of an accepted token are those of the case.
    private static func reason(
        _ token: String,
        _ verifier: TokenVerifier,
        keys: KeySet,
        _ row: SharedVectors.Row
    ) throws -> String? {
        guard case .number(let milliseconds)? = row["now_ms"], let now = milliseconds.double else { return "no time" }
        do throws(TokenError) {
            let time = Timestamp(clampingSecondsSinceEpoch: now / 1_000)
            let claims = try verifier.verify(token, with: keys, at: time).claims
            for case .object(let members)? in [row["expect"]?["claims"]] {
                for member in members { #expect(claims[member.name] == member.value) }
            }
            return nil
        } catch {
            return error.code.rawValue
        }
    }

    /// As the issue says: `at+jwt` in `headerType` is an OAuth token, a subject `mch_…` a machine's, all else a session.
    private static func profile(of row: SharedVectors.Row, _ options: JSONValue) throws -> TokenProfile {
        if strings(options["headerType"]).contains("at+jwt") { return .clerkOAuth }
        let payload = row["token"]?.string?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
        let claims = payload.flatMap { Base64URL.decode(String($0)) }.flatMap { try? JSONDocument(parsing: $0).root }
        return claims?.member("sub")?.string?.hasPrefix("mch_") == true ? .clerkM2M : .clerkSession
    }

    private static func keys(named name: String) throws -> KeySet {
        let keys = try #require(SharedVectors.json(file)?.member("keys"))
        let key = try #require(keys.member(name))
        if let pem = key.string { return try KeySet(pem: pem) }
        let set: JSONValue = ["keys": [JSONValue(key)]]
        return try KeySet(jwks: set.utf8)
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let string)?: [string]
        case .array(let elements)?: elements.compactMap(\.string)
        default: []
        }
    }

    private static func skew(_ options: JSONValue) -> Duration {
        guard case .number(let milliseconds)? = options["clockSkewInMs"] else { return .seconds(5) }
        return .milliseconds(milliseconds.double ?? 5_000)
    }
}
