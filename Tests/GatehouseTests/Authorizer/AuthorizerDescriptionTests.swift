import Gatehouse
import Testing

@Suite("An authorizer's description")
struct AuthorizerDescriptionTests {
    private struct Source: MembershipSource {
        let password = "hunter2"

        func membership(of member: Member) async throws -> Membership? { Membership(roles: []) }
    }

    @Test("no description, dump or interpolation shows a secret of the membership source")
    func secrets() throws {
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy()),
            memberships: Source(),
            issuer: "https://clerk.example.com"
        )
        var dumped = ""
        dump(authorizer, to: &dumped)
        for text in ["\(authorizer)", String(reflecting: authorizer), dumped, "\([authorizer])"] {
            #expect(!text.contains("hunter2") && !text.contains("Seed"), "\(text)")
            #expect(text.contains("https://clerk.example.com"))
        }
    }
}
