import GatehouseBase
import GatehouseTesting
import GatehouseTokens

private let keyPair = try? KeyPair(id: "key")
private let verifiers: [(TokenVerifier, KeySet)] = {
    guard let keyPair, let keys = try? keyPair.keySet else { return [] }
    let category = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: .init(member: "cat", accepted: ["a"], invalid: ["b"]),
        subject: .notPrefixed("mch_"),
        stringClaims: ["sid"]
    )
    let strict = TokenVerifier.Configuration(
        profile: category,
        issuer: "i",
        audiences: ["a"],
        authorizedParties: ["p"],
        clockSkew: .zero
    )
    return [(TokenVerifier(keys: keys), keys), (TokenVerifier(keys: keys, configuration: strict), keys)]
}()

/// Nobody who lacks the key makes a token that is accepted; and what is signed but not right is not accepted either.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let keyPair, let time = Timestamp(seconds: 1_800_000_000) else { preconditionFailure("no key pair") }
    // The input as a token without a good signature, and as the payload and the header of a token that has one.
    let texts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let header = texts.count > 1 ? Array(texts[1]) : Array(#"{"alg":"RS256"}"#.utf8)
    let signed = try? TokenMinter(keyPair: keyPair).token(payload: texts.first.map { Array($0) } ?? [], header: header)
    for (verifier, keys) in verifiers {
        precondition((try? verifier.verify(input, with: keys, at: time)) == nil, "a forged token was accepted")
        guard let token = try? verifier.verify(signed ?? "", with: keys, at: time) else { continue }
        precondition(
            !token.subject.isEmpty && token.expiresAt > time.advanced(by: .seconds(-6)),
            "a bad token was accepted"
        )
        _ = token.claims
    }
    return 0
}
