import Gatehouse
import Testing

@Test func aRoleThatOneNodeTakesAwayCeasesOnTheOther() async throws {
    let issuer = "https://clerk.example.com"
    let alice = Member("user_alice", in: "org_1", issuer: issuer)
    let store = InMemoryMemberships([alice: ["editor"]])  // what the nodes share
    let engine = try PolicyEngine(Policy { Role("editor") { Grants("docs:edit") } })
    let bus = InProcessInvalidationBus()
    let first = Authorizer(engine: engine, memberships: store, issuer: issuer, bus: bus.endpoint())
    let second = Authorizer(engine: engine, memberships: store, issuer: issuer, bus: bus.endpoint())

    try await withThrowingTaskGroup { group in
        for node in [first, second] { group.addTask { try await node.followBus() } }
        #expect(try await second.isAllowed(organization: "org_1", user: "user_alice", permission: "docs:edit"))
        try await first.remove(role: "editor", from: alice)
        while try await second.isAllowed(organization: "org_1", user: "user_alice", permission: "docs:edit") {
            await Task.yield()  // until the second node has heard
        }
        group.cancelAll()
    }
}
