import Foundation
import Testing

/// The items of `../shared/docs/security.md` that concern tokens, each with what proves it: type and function of tests.
enum SecurityItems {
    /// Section 0, the traps of Foundation and of Swift's strings.
    static let traps: [Int: [String]] = [
        1: ["JSONDocumentTests.duplicates", "JSONTestSuiteTests.differential"],
        2: ["JSONTestSuiteTests.verdict", "HostileTextTests.payload"],
        3: ["Base64URLTests.canonical"],
        4: ["JSONDocumentTests.canonicalEquivalence", "KeySetTests.lookup"],
        5: ["AuthorizationRequestTests.requestID"],
    ]

    /// Section b, the anchors of fetching key sets, in their order. A missing key is not remembered: the cooldown bounds
    /// what it costs. No secret key is sent with these requests.
    static let fetching: [(anchor: String, tests: [String])] = [
        (
            "one flight",
            ["RemoteKeySetTests.singleFlight", "RemoteKeySetTests.timeToLive", "JWKSServerTests.concurrentMisses"]
        ),
        ("cooldown from the last attempt", ["RemoteKeySetTests.badFirstAnswer", "JWKSServerTests.outage"]),
        ("unknown keys", ["RemoteKeySetTests.unknownKeys", "JWKSServerTests.unknownKeys"]),
        (
            "stale until a hard limit",
            ["RemoteKeySetTests.badLaterAnswer", "KeyOutageTests.hanging", "JWKSServerTests.outage"]
        ),
        ("replaced as a whole", ["RemoteKeySetTests.rotation", "JWKSServerTests.rotation"]),
        (
            "no worse set",
            ["RemoteKeySetTests.badLaterAnswer", "ReplaceableKeySetTests.refused", "JWKSServerTests.lie"]
        ),
        ("https alone", ["RemoteKeySetTests.addresses"]),
        ("no redirects", ["HTTPTransportTests.redirect", "JWKSServerTests.redirect"]),
        ("status 200 alone", ["RemoteKeySetTests.badFirstAnswer"]),
        ("bytes counted while they stream", ["HTTPTransportTests.endless", "JWKSServerTests.lie"]),
        ("at most 100 keys", ["KeySetTests.malformed"]),
        ("total deadline", ["HTTPTransportTests.deadline", "JWKSServerTests.lie"]),
        ("Cache-Control within bounds", ["RefreshAheadTests.cacheControl", "JWKSServerTests.maximumAge"]),
        ("ahead of time, not all at once", ["RefreshAheadTests.background", "RefreshAheadTests.jitter"]),
        ("cancelled callers", ["RemoteKeySetTests.cancelledFirstCaller", "JWKSServerTests.concurrentMisses"]),
        ("no keys, no access", ["RemoteKeySetTests.badFirstAnswer", "RemoteKeySetTests.emptyFirstAnswer"]),
    ]

    /// Section a.
    static let tests: [Int: [String]] = [
        1: ["TokenReasonTests.shape"],
        2: ["TokenReasonTests.keys", "HostileTextTests.header", "HostileTextTests.payload"],
        3: ["TokenReasonTests.shape"],
        4: ["JWSVectorTests.rfc"],
        5: ["TokenReasonTests.shape"],
        6: ["Base64URLTests.refuses", "Base64URLTests.canonical", "TokenMutationTests.bitFlips"],
        7: ["TokenReasonTests.shape", "TokenMutationTests.insertions", "BearerCredentialTests.field"],
        8: ["HostileTextTests.header", "JSONTestSuiteTests.verdict"],
        9: ["HostileTextTests.header"],
        10: ["TokenReasonTests.keys"],
        11: ["TokenReasonTests.keys", "JWSVectorTests.rfc"],
        12: ["TokenReasonTests.keys", "JWSVectorTests.symmetricKeys", "JWSVectorTests.signatures"],
        13: ["TokenMutationTests.otherNames", "KeySetTests.algorithmOfTheKey"],
        14: ["TokenReasonTests.shape"],
        15: ["TokenReasonTests.shape", "JWSVectorTests.rfc"],
        16: ["TokenReasonTests.keys"],
        17: ["TokenReasonTests.shape", "ClerkAuthenticatorTests.kinds", "TokenClassificationTests.sessions"],
        18: ["HostileTextTests.nested"],
        19: ["RemoteKeySetTests.unknownKeys", "KeySetTests.lookup"],
        20: ["TokenReasonTests.shape", "TokenReasonTests.keys", "KeySetTests.lookup"],
        21: ["KeySetTests.lookup", "SameKeyIDTests.ambiguous"],
        22: ["HostileTextTests.otherKey"],
        23: ["KeySetTests.binding", "JWSVectorTests.keys"],
        24: ["PublicKeyTests.strength", "KeySetTests.binding", "WycheproofTests.verdict"],
        25: ["PublicPointTests.offTheCurve", "PublicPointTests.canonicalCoordinates", "PublicPointTests.ed25519"],
        26: ["KeySetTests.binding", "KeySetTests.codes"],
        27: ["TokenReasonTests.keys", "KeySetTests.otherKinds"],
        28: ["WycheproofTests.verdict", "PublicKeyTests.roundTrip"],
        29: ["WycheproofTests.verdict"],
        30: ["WycheproofTests.verdict", "PublicKeyTests.roundTrip"],
        31: ["WycheproofTests.verdict"],
        32: ["TokenReasonTests.keys", "RefusalsTests.constant"],
        33: ["HostileTextTests.payload"],
        34: ["TokenReasonTests.claims", "TokenReasonTests.times"],
        35: ["TokenReasonTests.claims", "TokenReasonTests.times"],
        36: ["TokenReasonTests.claims", "ClerkAuthenticatorTests.kinds"],
        37: ["TokenReasonTests.claims"],
        38: ["TokenReasonTests.claims", "ClerkAuthenticatorTests.kinds"],
        39: ["TokenReasonTests.claims", "ClerkAuthenticatorTests.kinds", "ClerkTokenTests.principal"],
        40: ["PermissionDecodingTests.shared", "PermissionDecodingTests.own", "PermissionDecodingTests.longMask"],
        41: ["HasTests.roles", "HasTests.shared"],
        42: ["RefusalsTests.constant"],
    ]
}

extension SecurityItems {
    static let names = Set((Array(traps.values) + tests.values + fetching.map(\.tests)).joined()).sorted()
}

@Suite("Every item of the list of attacks has its tests")
struct SecurityItemsTests {
    @Test("the list of attacks is whole")
    func whole() {
        #expect(Set(SecurityItems.tests.keys) == Set(1...42))
        #expect(Set(SecurityItems.traps.keys) == Set(1...5))
    }

    @Test("the tests that the list names exist", arguments: SecurityItems.names)
    func exist(name: String) throws {
        let parts = name.split(separator: ".")
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let files = try #require(FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil))
        let file = try #require(
            files.lazy.compactMap { $0 as? URL }.first { $0.lastPathComponent == "\(parts[0]).swift" }
        )
        #expect(try String(contentsOf: file, encoding: .utf8).contains("func \(parts[1])("))
    }
}
