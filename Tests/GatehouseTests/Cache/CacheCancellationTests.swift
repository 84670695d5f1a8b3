import GatehouseTesting
import Testing

@testable import Gatehouse

@Suite("A load that nobody waits for is told to stop, and what it says then is not believed", .timeLimit(.minutes(10)))
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

    @Test("neither those who joined it too late nor the cache have it")
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

    @Test("it is of no use from the moment it is overtaken, before it hears of that")
    func overtaken() {
        let flight = flight()
        #expect(flight.isUseful)
        flight.overtake()
        #expect(!flight.isUseful)
    }

    @Test("it goes on for who has begun or joined it and does not wait yet, until the last is cancelled")
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

    @Test("one of whom only some no longer wait goes on, also where those never did")
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

    @Test("also where its only caller was cancelled before it asked")
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
