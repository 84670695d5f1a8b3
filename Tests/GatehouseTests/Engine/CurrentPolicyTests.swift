@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

@Suite("The policy in force can be replaced while checks go on")
struct CurrentPolicyTests {
    private final class End: Sendable {
        let isReached = Atomic(false)
    }

    private static let permission: Permission = "org:invoices:read"
    private let granting = Policy { Role("org:member") { Grants("org:invoices:*") } }
    private let refusing = Policy { Role("org:member") { Denies("org:invoices:*") } }
    private let member = Principal("alice", roles: ["org:member"])

    @Test("a resolved principal goes on with its policy, and knows that the policy is no longer current")
    func replace() throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        let before = policy.resolve(member)
        #expect(policy.isCurrent(before) && before.allows(Self.permission, at: .distantPast))
        policy.replace(with: try PolicyEngine(refusing))
        #expect(!policy.isCurrent(before) && before.allows(Self.permission, at: .distantPast))
        let after = policy.resolve(member)
        #expect(policy.isCurrent(after) && !after.allows(Self.permission, at: .distantPast))
    }

    @Test("a policy of the same content is another engine of the same revision")
    func sameContent() throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        let before = policy.resolve(member)
        let revision = policy.engine.revision
        policy.replace(with: try PolicyEngine(granting))
        #expect(policy.engine.revision == revision && !policy.isCurrent(before))
    }

    @Test("a failed reload keeps the last good policy and says why, and the next good reload clears the failure")
    func lastKnownGood() throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        let before = policy.resolve(member)
        let broken = Policy { Role("org:member") { Inherits("org:nobody") } }
        #expect(!policy.reload { try PolicyEngine(broken) })
        let failure = try #require(policy.failure)
        #expect(failure.findings.map(\.code) == [.unknownRole])
        #expect(failure.revision == before.engine.revision && policy.isCurrent(before))
        #expect(failure.description.contains(before.engine.revision.text))
        struct Unreadable: Error {}
        #expect(!policy.reload { throw Unreadable() })
        #expect(policy.failure?.findings == [] && policy.isCurrent(before))
        #expect(policy.reload { try PolicyEngine(refusing) })
        #expect(policy.failure == nil && !policy.isCurrent(before))
    }

    @Test(
        "the reload that began last counts, however the others end",
        arguments: [true, false]
    )
    func overlappingReloads(earlierSucceeds: Bool) throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        struct Unreadable: Error {}
        let isLoaded = policy.reload {
            #expect(policy.reload { try PolicyEngine(refusing) })
            guard earlierSucceeds else { throw Unreadable() }
            return try PolicyEngine(granting)
        }
        #expect(isLoaded == earlierSucceeds && policy.failure == nil)
        #expect(!policy.resolve(member).allows(Self.permission, at: .distantPast))
    }

    @Test("a failed reload takes nothing from an earlier one under way, and is told of")
    func overlappingFailure() throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        struct Unreadable: Error {}
        policy.reload {
            #expect(!policy.reload { throw Unreadable() })
            return try PolicyEngine(refusing)
        }
        #expect(policy.failure != nil)
        #expect(!policy.resolve(member).allows(Self.permission, at: .distantPast))
    }

    @Test("an authorizer decides by the policy in force, also where it remembers roles")
    func authorizer() async throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        // The tests beside this one may take the processor for a minute.
        let cache = try PermissionCache(PermissionCache.Configuration(timeToLive: .seconds(3_600)))
        let authorizer = Authorizer(
            policy: policy,
            memberships: ScriptedMemberships(["org:member"]),
            issuer: "",
            cache: cache
        )
        #expect(try await authorizer.isAllowed(organization: "org_1", user: "alice", permission: Self.permission))
        #expect(authorizer.cachedAnswer(organization: "org_1", user: "alice", permission: Self.permission) == true)
        policy.replace(with: try PolicyEngine(refusing))
        #expect(authorizer.cachedAnswer(organization: "org_1", user: "alice", permission: Self.permission) == false)
        #expect(try await !authorizer.isAllowed(organization: "org_1", user: "alice", permission: Self.permission))
    }

    @Test("checks on other threads see one policy or the other, whole, and after the last replacement the last")
    func concurrent() async throws {
        // Each policy grants just one of two permissions, so that a mixture would show.
        let engines = try ["a", "b"].map { name in
            try PolicyEngine(Policy(roles: [Role("r", grants: [name])]))
        }
        let policy = CurrentPolicy(engines[0])
        let end = End()
        let principal = Principal("x", roles: ["r"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    while !end.isReached.load(ordering: .acquiring) {
                        let resolved = policy.resolve(principal)
                        let answers = [resolved.allows("a", at: .distantPast), resolved.allows("b", at: .distantPast)]
                        #expect(answers == [true, false] || answers == [false, true])
                        await Task.yield()
                    }
                }
            }
            for round in 1...2_000 {
                policy.replace(with: engines[round % 2])
                if round % 100 == 0 { await Task.yield() }
            }
            end.isReached.store(true, ordering: .releasing)
            try await group.waitForAll()
        }
        #expect(policy.resolve(principal).allows("a", at: .distantPast))
    }
}
