import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import SharedVectors
import Testing

/// Clerk's own cases for single claims. Where ours is stricter, the row says so by a rule beside the expectation.
@Suite("Claims are asserted as Clerk's SDK does, or more strictly", SharedVectors.trait)
struct ClaimAssertionTests {
    static let file = "clerk/claim-assertions.json"
    static let pairs = Result { try [SignatureAlgorithm.rs256, .rs384, .rs512].map { try KeyPair(algorithm: $0) } }

    /// The reason for refusing a token with these claims; `pass` for none.
    private static func reason(
        _ claims: JSONValue,
        header: JSONValue = [:],
        signedWith algorithm: SignatureAlgorithm = .rs256,
        _ change: (inout TokenVerifier.Configuration) -> Void = { _ in }
    ) throws -> String {
        let pair = try #require(try pairs.get().first { $0.algorithm == algorithm })
        let minter = TokenMinter(keyPair: pair)
        var configuration = TokenVerifier.Configuration(profile: .clerkSession, maximumLifetime: nil)
        change(&configuration)
        let claims = TokenMinter.claims(subject: "user_1", at: Fixture.now, adding: claims)
        let token = try minter.token(claims: claims, header: minter.header.replacing(header))
        let keys = try pair.keySet
        return try TokenVerifier(keys: keys, configuration: configuration)
            .refusal(of: token, with: keys, at: Fixture.now)?.code.rawValue ?? "pass"
    }

    @Test("the audience must be there if configured, and match", arguments: SharedVectors.rows(file, "audience"))
    func audience(row: SharedVectors.Row) throws {
        let audiences = Self.strings(row["audience"])
        let claimed = Self.strings(row["aud"])
        let reason = try Self.reason(["aud": row["aud"] ?? .null]) { $0.audiences = audiences }
        // A configured audience asks for one in the token: Clerk's SDK passes a token without.
        let isMissing = !audiences.isEmpty && claimed.isEmpty
        #expect(reason == (isMissing ? "token-verification-failed" : row["expect"]?.string))
    }

    /// The texts that are not empty, which configure and claim nothing.
    private static func strings(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let text)?: text.isEmpty ? [] : [text]
        case .array(let elements)?: elements.compactMap(\.string).filter { !$0.isEmpty }
        default: []
        }
    }

    @Test("the header's type is asserted as in Clerk's SDK", arguments: SharedVectors.rows(file, "header_type"))
    func type(row: SharedVectors.Row) throws {
        let allowed = Self.strings(row["allowed"])
        let reason = try Self.reason([:], header: ["typ": row["typ"] ?? .null]) {
            if !allowed.isEmpty { $0.profile = TokenProfile(types: allowed, allowsMissingType: false) }
        }
        #expect(reason == row["expect"]?.string)
    }

    @Test("the algorithm is asserted as in Clerk's SDK", arguments: SharedVectors.rows(file, "algorithm"))
    func algorithm(row: SharedVectors.Row) throws {
        let name = try #require(row["alg"]?.string)
        let pairs = try Self.pairs.get()
        let signed = pairs.map(\.algorithm).first { $0.rawValue == name } ?? .rs256
        let reason = try Self.reason([:], header: ["alg": .string(name)], signedWith: signed) {
            $0.algorithms = Set(pairs.map(\.algorithm))
        }
        #expect(reason == row["expect"]?.string)
    }

    @Test("a missing or empty subject is refused", arguments: SharedVectors.rows(file, "sub"))
    func subject(row: SharedVectors.Row) throws {
        // Whoever has no name is nobody: Clerk's SDK passes the empty subject.
        #expect(row["sub"] == .null || row["sub"] == "")
        #expect(try Self.reason(["sub": row["sub"] ?? .null]) == "token-verification-failed")
    }

    @Test("the authorized party is asserted as in Clerk's SDK", arguments: SharedVectors.rows(file, "azp"))
    func authorizedParty(row: SharedVectors.Row) throws {
        guard case .array(let parties) = row["authorizedParties"] ?? [], row["authorizedParties"] != .null else {
            #expect(try Self.reason(["azp": row["azp"] ?? .null]) == row["expect"]?.string)
            return
        }
        let reason = try Self.reason(["azp": row["azp"] ?? .null]) {
            $0.authorizedParties = parties.compactMap(\.string)
        }
        #expect(reason == row["expect"]?.string)
    }

    @Test(
        "the times are asserted as in Clerk's SDK",
        arguments: ["exp", "nbf", "iat"].flatMap { name in
            SharedVectors.rows(file, "\(name)_offset_seconds").map { (name, $0) }
        }
    )
    func times(claim: String, row: SharedVectors.Row) throws {
        var value = JSONValue.null
        if case .number(let offset)? = row["offset"] {
            value = JSONValue(secondsOf: Fixture.now.advanced(by: .seconds(offset.double ?? 0)))
        }
        guard case .number(let skew)? = row["skew_ms"] else {
            Issue.record("no skew")
            return
        }
        let reason = try Self.reason(.object([JSONMember(claim, value)])) {
            $0.clockSkew = .milliseconds(skew.double ?? 0)
        }
        #expect(reason == row["expect"]?.string)
    }
}
