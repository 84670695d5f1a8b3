import GatehouseBase
import Testing

@testable import GatehouseTokens

/// A change of an ordinary token, and the answer that must come of it.
struct TokenCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var header: JSONValue = [:]
    var claims: JSONValue = [:]
    var configuration = TokenVerifier.Configuration()
    /// Changes the finished token.
    var change: @Sendable (String) -> String = { $0 }
    /// Nil where the token is accepted.
    let reason: String?

    init(
        _ name: String,
        header: JSONValue = [:],
        claims: JSONValue = [:],
        _ configuration: TokenVerifier.Configuration = .init(),
        change: @escaping @Sendable (String) -> String = { $0 },
        reason: String?
    ) {
        testDescription = name
        self.header = header
        self.claims = claims
        self.configuration = configuration
        self.change = change
        self.reason = reason
    }
}

extension TokenCase {
    static let category = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: .init(member: "cat", accepted: ["neutral", "own"], invalid: ["other-machine"]),
        subject: .notPrefixed("mch_"),
        stringClaims: ["sid"]
    )
    static let machine = TokenProfile(types: ["JWT"], allowsMissingType: true, subject: .prefixed("mch_"))
}
