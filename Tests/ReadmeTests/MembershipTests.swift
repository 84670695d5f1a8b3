import Gatehouse
import Testing

@Test func aRoleThatIsTakenAwayCeasesAtOnce() async throws {
    let alice = Member("user_alice", in: "org_1", issuer: "https://clerk.example.com")
    let authorizer = Authorizer(
        engine: try PolicyEngine(Policy { Role("editor") { Grants("invoices:write") } }),
        memberships: InMemoryMemberships([alice: ["editor"]]),  // or whatever is a MembershipSource
        issuer: alice.issuer
    )
    func mayWrite() async throws -> Bool {
        try await authorizer.isAllowed(organization: "org_1", user: "user_alice", permission: "invoices:write")
    }
    #expect(try await mayWrite())  // loaded, and remembered
    try await authorizer.remove(role: "editor", from: alice)
    #expect(try await !mayWrite())
}
