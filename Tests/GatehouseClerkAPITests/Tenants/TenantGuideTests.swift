#if TestServers && AsyncHTTPClient
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseTestingServers
import Testing

@testable import GatehouseClerk

@Suite("The guide to a tenant's life")
struct TenantGuideTests {
    @Test("the guide's Swift code does what the guide says")
    func code() async throws {
        try await withFake { fake, client in
            let (key, transport, configuration) = (fake.secretKey, client.transport, client.configuration)
            let clerk = try ClerkClient(secretKey: key, transport: transport, configuration: configuration)
            let authorizer = try TenantTests.authorizer(clerk)
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", plan: "pro", maximumMembers: 25)
            let ada = try await clerk.users.create(emailAddresses: ["ada@acme.example"], firstName: "Ada")
            try await clerk.assignRole("org:admin", to: ada.id, in: tenant.id, through: authorizer)
            try await clerk.invitations.create(in: tenant.id, emailAddress: "bob@acme.example", role: "org:member")
            let setup = try await clerk.connections.createSAML(
                name: "Acme",
                kind: "saml_okta",
                domains: ["acme.example"],
                organization: tenant.id,
                provider: .metadata(at: "https://idp.acme.example/metadata"),
                attributeMapping: ["user_id": "uid"]
            )
            for warning in setup.warnings { print(warning) }
            _ = try await clerk.connections.setActive(true, setup.connection.id)
            let policy = Policy {}
            let demanding = try Authorizer(policy: policy, secondFactor: SecondFactorDemands(clerk.organizations))
            try await clerk.requireMFA(organization: tenant.id)
            let user = Principal(ada.id, organization: .init(tenant.id), tokenKind: .session)
            guard
                case .refused(_, .some) = await Requirement.authenticated.evaluate(
                    .init(principal: user, authorizer: demanding)
                )
            else {
                Issue.record("the second factor is not demanded")
                return
            }
            let enrolled = try await clerk.factors.enrollTOTP(ada.id, issuer: "Acme")
            let codes = try await clerk.factors.createBackupCodes(ada.id)
            #expect(codes.count == 10)
            #expect(enrolled.uri.contains(enrolled.secret.base32))
            try await clerk.removeRole("org:admin", from: ada.id, in: tenant.id, through: authorizer)
            try await clerk.organizations.delete(tenant.id)
            #expect(fake.deliveries.last?.type == "organization.deleted")
        }
    }

    @Test("the guide's Swift code is this test's, line by line")
    func sameCode() throws {
        let here = URL(filePath: #filePath)
        let guide = here.appending(path: "../../../../Sources/GatehouseClerk/GatehouseClerk.docc/Tenants.md")
            .standardized
        func lines(_ text: String) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let own = Set(lines(try String(contentsOf: here, encoding: .utf8)))
        let blocks = try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 7)
        for block in blocks {
            for line in lines(block.components(separatedBy: "```")[0]) { #expect(own.contains(line), "\(line)") }
        }
    }
}
#endif
