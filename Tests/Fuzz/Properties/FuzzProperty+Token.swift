import GatehouseBase
import GatehouseTesting
import GatehouseTokens

/// A key pair of each kind, with what verifies its tokens.
private let kinds = [.rs256, .es256, .edDSA].compactMap { (algorithm: SignatureAlgorithm) in
    (try? KeyPair(id: "key", algorithm: algorithm)).map { ($0, verifiers(for: $0)) }
}

private func verifiers(for keyPair: KeyPair) -> [(TokenVerifier, KeySet)] {
    guard let keys = try? keyPair.keySet else { return [] }
    let category = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: .init(member: "cat", accepted: ["a"], invalid: ["b"]),
        subject: .notPrefixed("mch_"),
        stringClaims: ["sid"]
    )
    let algorithms = Set(SignatureAlgorithm.allCases)
    let strict = TokenVerifier.Configuration(
        profile: category,
        algorithms: algorithms,
        issuer: "i",
        audiences: ["a"],
        authorizedParties: ["p"],
        clockSkew: .zero
    )
    return [.init(algorithms: algorithms, maximumLifetime: nil), strict].compactMap { configuration in
        (try? TokenVerifier(keys: keys, configuration: configuration)).map { ($0, keys) }
    }
}

/// Nobody who lacks the key makes a token that is accepted; and what is signed but not right is not accepted either.
@Sendable func checkToken(_ input: [UInt8]) throws(FuzzFinding) {
    guard kinds.count == 3, let time = Timestamp(seconds: 1_800_000_000) else { throw FuzzFinding("no key pairs") }
    let (keyPair, verifiers) = kinds[input.count % kinds.count]
    // The input as a token without a good signature, and as the payload and the header of a token that has one.
    let texts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let header = texts.count > 1 ? Array(texts[1]) : Array(#"{"alg":"\#(keyPair.algorithm.rawValue)"}"#.utf8)
    let signed = try? TokenMinter(keyPair: keyPair).token(payload: texts.first.map { Array($0) } ?? [], header: header)
    for (verifier, keys) in verifiers {
        try expect((try? verifier.verify(input, with: keys, at: time)) == nil, "a forged token was accepted")
        guard let token = try? verifier.verify(signed ?? "", with: keys, at: time) else { continue }
        try expect(
            !token.subject.isEmpty && token.expiresAt > time.advanced(by: .seconds(-6)),
            "a bad token was accepted"
        )
        _ = token.claims
    }
}
