import Gatehouse
import GatehouseTesting
import Testing

@Test func checksWithoutAnAnswerAreUndecided() async throws {
    let source = ScriptedMemberships(["editor"])
    let clock = ManualClock(.distantPast)
    let authorizer = Authorizer(
        engine: try PolicyEngine(Policy { Role("editor") { Grants("docs:edit") } }),
        memberships: source,
        cache: try PermissionCache(.init(clock: clock.monotonic)),
        clock: clock.wall
    )
    let alice = Principal("user_alice", organization: "org_1")
    #expect(try await authorizer.isAllowed("docs:edit", for: alice))

    source.fail(MembershipSourceError("the database is away"))
    #expect(try await authorizer.isAllowed("docs:edit", for: alice))  // from memory
    clock.advance(by: .seconds(60))
    await #expect(throws: AuthorizerError.self) { try await authorizer.isAllowed("docs:edit", for: alice) }
    #expect(source.loads == 2)
}

@Test func checksShareALoad() async throws {
    let source = ScriptedMemberships(["editor"])
    source.hold()
    let authorizer = Authorizer(
        engine: try PolicyEngine(Policy { Role("editor") { Grants("docs:edit") } }),
        memberships: source
    )
    let alice = Principal("user_alice", organization: "org_1")
    async let first = authorizer.isAllowed("docs:edit", for: alice)
    async let second = authorizer.isAllowed("docs:edit", for: alice)
    try await eventually(equals: 2) { authorizer.cache.statistics.misses }
    source.open()
    #expect(try await [first, second] == [true, true])
    #expect(source.loads == 1)
}
