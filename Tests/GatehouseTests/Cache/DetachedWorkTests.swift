import GatehouseTesting
import Synchronization
import Testing

@testable import Gatehouse

@Suite("Shared work carries nothing of the request that happened to begin it")
struct DetachedWorkTests {
    private enum Request {
        @TaskLocal static var tenant = "nobody's"
    }

    private struct Surroundings: Sendable {
        var tenant = Request.tenant
        var priority = Task.basePriority
        var isCancelled = Task.isCancelled
    }

    /// A bus that records the surroundings of each call. The script of the source records those of loads here, too.
    private final class Witness: InvalidationBus {
        private let seen = Mutexed<[Surroundings]>([])

        var surroundings: [Surroundings] { seen.withLock { $0 } }

        func look() { seen.withLock { $0.append(Surroundings()) } }

        func publish(_ invalidation: Invalidation) { look() }

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> { AsyncThrowingStream { $0.finish() } }
    }

    private let witness = Witness()
    private let clock = ManualClock(.distantPast)

    private func authorizer(_ executor: SeededExecutor? = nil) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(CacheFixture.policy),
            memberships: ScriptedMemberships { [witness] _, _ in
                witness.look()
                return ["reader"]
            },
            issuer: "",
            cache: try PermissionCache(.init(jitter: 0, clock: clock.monotonic, executor: executor)),
            bus: witness,
            clock: clock.wall
        )
    }

    /// Each as a request of some tenant, and of no importance.
    private func request(_ tenant: String, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Request.$tenant.withValue(tenant) {
            try await Task(priority: .background) { try await body() }.value
        }
    }

    @Test("loads and messages to other nodes carry nothing of a request")
    func surroundings() async throws {
        let authorizer = try authorizer()
        @Sendable func load() async throws {
            #expect(try await authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
        }
        try await request("first") { try await load() }
        clock.advance(by: .seconds(60))
        try await request("second") { try await load() }
        try await request("third") { try await authorizer.invalidate(Invalidation(.everything)) }
        #expect(witness.surroundings.map(\.tenant) == ["nobody's", "nobody's", "nobody's"])
        #expect(witness.surroundings.allSatisfy { $0.priority != .background && !$0.isCancelled })
    }

    @Test("loads on an executor carry nothing of a request, and run there alone")
    func executor() throws {
        let executor = SeededExecutor(seed: 1)
        let authorizer = try authorizer(executor)
        Request.$tenant.withValue("first") {
            _ = Task(executorPreference: executor) {
                _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
                try await authorizer.invalidate(Invalidation(.everything))
            }
        }
        while executor.runOne() {}  // on this thread alone: what runs elsewhere is not waited for
        #expect(witness.surroundings.map(\.tenant) == ["nobody's", "nobody's"])
    }
}
