import GatehouseTesting
import Testing

@testable import Gatehouse

@Suite("A load that nobody waits for is told to stop, and its later answer is not believed", .timeLimit(.minutes(10)))
struct CacheCancellationTests {
    private let source = ScriptedMemberships([])
    private let authorizer: Authorizer

    init() throws {
        source.hold()
        authorizer = Authorizer(engine: try PolicyEngine(CacheFixture.policy), memberships: source, issuer: "")
    }

    private func check() -> Task<Bool, any Error> {
        Task { [authorizer] in try await authorizer.isAllowed(organization: "o", user: "u", permission: "read") }
    }

    @Test("a stopped load's answer reaches neither late callers nor the cache")
    func lateJoiner() async throws {
        let first = check()
        try await eventually(equals: 1) { source.loads }
        first.cancel()
        await #expect(throws: AuthorizerError.self) { try await first.value }
        let second = check()
        try await eventually(equals: 2) { authorizer.cache.statistics.misses }
        try await eventually(equals: 1) { source.cancelledLoads }
        source.release()
        try await eventually(equals: 2) { source.loads }  // the second caller's own load
        #expect(authorizer.cache.count == 0)
        second.cancel()
        await #expect(throws: AuthorizerError.self) { try await second.value }
        try await eventually(equals: 2) { source.cancelledLoads }
        source.release()
        try await eventually(equals: 0) { authorizer.cache.indexCount }
        #expect(authorizer.cache.count == 0)
    }

    private func flight() -> Flight {
        let cell = OrganizationCell(issuer: Issuer(""), organization: "o")
        return Flight(Member("u", in: "o", issuer: ""), cell, epoch: 0, authorizer.cache.moment())
    }

    @Test("an overtaken load is of no use from that moment on")
    func overtaken() {
        let flight = flight()
        #expect(flight.isUseful)
        flight.overtake()
        #expect(!flight.isUseful)
    }

    @Test("a load goes on for all who have joined it, until the last of them is cancelled")
    func participants() async {
        let flight = flight()
        flight.join()
        for isLast in [false, true] {
            let leaving = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                if case .abandoned = await flight.outcome() { return true }
                return false
            }
            #expect(await leaving.value)
            #expect(flight.isUseful != isLast)
        }
    }

    @Test("a load goes on while one of its callers still waits")
    func others() async throws {
        let source = ScriptedMemberships(["reader"])
        source.hold()
        let fixture = try CacheFixture(source: source)
        async let patient = fixture.load("u")
        try await eventually(equals: 1) { source.loads }
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await fixture.load("u")
        }
        await #expect(throws: AuthorizerError.self) { try await cancelled.value }
        source.open()
        _ = try await patient
        #expect(source.loads == 1)
    }

    @Test("a load whose only caller was cancelled before asking is told to stop")
    func cancelledBefore() async throws {
        let caller = Task { [authorizer] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        }
        let error = await #expect(throws: AuthorizerError.self) { try await caller.value }
        #expect(error?.code == .cancelled)
        try await eventually(equals: 1) { source.cancelledLoads }
        source.release()
        try await eventually(equals: 0) { authorizer.cache.statistics.inFlight }
        #expect(authorizer.cache.count == 0)
    }
}
