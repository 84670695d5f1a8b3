#if TestServers && AsyncHTTPClient
import Gatehouse
import GatehouseBase
import Testing

@testable import GatehouseClerk

@Suite("The metadata of a tenant")
struct TenantMetadataTests {
    @Test(
        "an organization says that it demands a second factor whenever the middleware demands it",
        arguments: [
            ([:], false), (["mfa_required": nil], false), (["mfa_required": false], false),
            (["mfa_required": true], true),
            (["mfa_required": "true"], true), (["mfa_required": 0], true), (["mfa_required": [:]], true),
        ] as [(JSONValue, Bool)]
    )
    func demandsSecondFactor(metadata: JSONValue, isRequired: Bool) {
        #expect(ClerkOrganization(id: "org_1", json: ["public_metadata": metadata]).isMFARequired == isRequired)
    }

    @Test("metadata merges at every depth, a null takes away, and a replacement replaces")
    func metadata() async throws {
        try await withFake { _, clerk in
            let id = try await clerk.organizations.create(
                name: "Acme",
                publicMetadata: ["a": ["b": 1, "c": 2], "d": 3]
            ).id
            let merged = try await clerk.organizations.mergeMetadata(id, publicMetadata: ["a": ["b": nil, "e": 4]])
            #expect(merged.publicMetadata["a"] == ["c": 2, "e": 4])
            #expect(merged.publicMetadata["d"] == 3)
            let replaced = try await clerk.organizations.replaceMetadata(id, publicMetadata: ["x": true])
            #expect(replaced.publicMetadata == ["x": true])
            let refused = await failure { () async throws(ClerkError) in
                try await clerk.organizations.update(id, adding: ["public_metadata": [:]])
            }
            #expect(refused?.code == .invalidRequest)
        }
    }
}
#endif
