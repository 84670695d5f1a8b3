import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("A token that is refused has one reason, the first in the order of checks")
struct TokenReasonTests {
    static let now = Timestamp.distantPast.advanced(by: .seconds(63_900_000_000))
    /// One key pair for the suite: making one takes longer than all its tests.
    static let pair = Result { try KeyPair(id: "key-1") }

    @Test("faults of shape and header are told first", arguments: TokenCase.shape)
    func shape(row: TokenCase) throws { try check(row) }

    @Test("faults of algorithm, key and signature are told second", arguments: TokenCase.keys)
    func keys(row: TokenCase) throws { try check(row) }

    @Test("faults of claims are told third", arguments: TokenCase.claims)
    func claims(row: TokenCase) throws { try check(row) }

    @Test("faults of times are told last", arguments: TokenCase.times)
    func times(row: TokenCase) throws { try check(row) }

    private func check(_ row: TokenCase) throws {
        let pair = try Self.pair.get()
        let minter = TokenMinter(keyPair: pair)
        let claims = TokenMinter.claims(subject: "user_1", at: Self.now, adding: row.claims)
        let token = row.change(try minter.token(claims: claims, header: minter.header.replacing(row.header)))
        let verifier = try TokenVerifier(keys: try pair.keySet, configuration: row.configuration)
        #expect(verifier.reason(token, try pair.keySet, at: Self.now) == row.reason)
    }
}

extension TokenVerifier {
    /// The reason for refusing a token; `nil` if it is accepted. The error must not contain the token.
    func reason(_ token: String, _ keys: KeySet, at time: Timestamp) -> String? {
        refusal(of: token, with: keys, at: time).map { error in
            let isSilent =
                token.isEmpty
                || token.split(separator: ".").allSatisfy { part in
                    part.utf8.count < 8 || !error.message.contains(part) && !"\(error)".contains(part)
                }
            return isSilent ? error.code.rawValue : "the error contains the token"
        }
    }
}
