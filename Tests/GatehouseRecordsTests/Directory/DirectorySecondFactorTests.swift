import GatehouseRecords
import Synchronization
import Testing

/// The provider, which knows of one more organization than the directory.
private final class Provider: SecondFactorSource {
    struct Failure: Error {}

    let asked = Mutex<[String]>([])
    let isDown: Bool

    init(isDown: Bool = false) {
        self.isDown = isDown
    }

    func demandsSecondFactor(in organization: String) async throws -> Bool {
        asked.withLock { $0.append(organization) }
        if isDown { throw Failure() }
        return organization == "org_unseen"
    }
}

@Suite(
    "The directory tells which organizations demand a second factor, and the provider tells of those it has never seen"
)
struct DirectorySecondFactorTests {
    private static let issuer = "https://i"

    private func records() async throws -> InMemoryRecords {
        let records = InMemoryRecords()
        let version = ObjectVersion(updated: 1, told: 1, tie: "")
        let organizations = [
            DirectoryOrganization("org_strict", publicMetadata: ["mfa_required": true]),
            DirectoryOrganization("org_lax"),
        ]
        try await records.write { rows in
            for organization in organizations {
                let entry = DirectoryEntry<DirectoryOrganization>(organization, version: version)
                try rows.setOrganization(entry, id: organization.id, issuer: Self.issuer)
            }
            let gone = DirectoryEntry<DirectoryOrganization>(nil, version: version)
            try rows.setOrganization(gone, id: "org_gone", issuer: Self.issuer)
        }
        return records
    }

    @Test(
        "only an organization that the directory has never seen is asked about",
        arguments: [
            ("org_strict", true, false), ("org_lax", false, false), ("org_gone", false, false),
            ("org_unseen", true, true),
            ("org_other", false, true),
        ]
    )
    func asked(organization: String, isDemanded: Bool, isAsked: Bool) async throws {
        let provider = Provider()
        let source = DirectorySecondFactor(try await records(), issuer: Self.issuer, otherwise: provider)
        #expect(try await source.demandsSecondFactor(in: organization) == isDemanded)
        #expect(provider.asked.withLock(\.self) == (isAsked ? [organization] : []))
        let alone = DirectorySecondFactor(try await records(), issuer: Self.issuer)
        #expect(try await alone.demandsSecondFactor(in: organization) == (isDemanded && !isAsked))
    }

    @Test("a provider that does not answer is an error, and not a no")
    func down() async throws {
        let source = DirectorySecondFactor(try await records(), issuer: Self.issuer, otherwise: Provider(isDown: true))
        #expect(try await source.demandsSecondFactor(in: "org_strict"))
        await #expect(throws: Provider.Failure.self) { try await source.demandsSecondFactor(in: "org_unseen") }
    }
}
