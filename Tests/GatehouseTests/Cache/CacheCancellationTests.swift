import GatehouseTesting
import Testing

@testable import Gatehouse

@Suite("A load that nobody waits for is told to stop, and what it says then is not believed", .timeLimit(.minutes(10)))
struct CacheCancellationTests {
    /// A source that says nothing until it is told to stop, and then that nobody is a member.
    private final class StoppingSource: MembershipSource {
        private let (loads, hasBegun) = AsyncStream.makeStream(of: Void.self)
        private let (ends, mayEnd) = AsyncStream.makeStream(of: Void.self)

        /// Waits for the next load to begin.
        func begins() async { for await _ in loads { return } }

        /// Lets a load that was told to stop end.
        func end() { mayEnd.yield() }

        func membership(of member: Member) async throws -> Membership? {
            let (stops, stop) = AsyncStream.makeStream(of: Void.self)
            await withTaskCancellationHandler {
                hasBegun.yield()
                for await _ in stops { return }
            } onCancel: {
                stop.finish()
            }
            // Elsewhere, since a stream ends at once for whoever was cancelled.
            await Task { for await _ in ends { return } }.value
            return []
        }
    }

    private let source = StoppingSource()
    private let authorizer: Authorizer

    init() throws {
        authorizer = Authorizer(engine: try PolicyEngine(CacheFixture.policy), memberships: source, issuer: "")
    }

    private func check() -> Task<Bool, any Error> {
        Task { [authorizer] in try await authorizer.isAllowed(organization: "o", user: "u", permission: "read") }
    }

    @Test("neither those who joined it too late nor the cache have it")
    func lateJoiner() async throws {
        let first = check()
        await source.begins()
        first.cancel()
        await #expect(throws: AuthorizerError.self) { try await first.value }
        let second = check()
        while authorizer.cache.statistics.misses < 2 { await Task.yield() }
        source.end()
        await source.begins()  // the second caller's own load
        #expect(authorizer.cache.count == 0)
        second.cancel()
        await #expect(throws: AuthorizerError.self) { try await second.value }
        source.end()
        while authorizer.cache.indexCount > 0 { await Task.yield() }
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
        let source = GatedSource()
        let fixture = try CacheFixture(source: source)
        async let patient = fixture.load("u")
        while source.loads < 1 { await Task.yield() }
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
        await source.begins()
        source.end()  // which it gets to only once it was told to stop
        while authorizer.cache.statistics.inFlight > 0 { await Task.yield() }
        #expect(authorizer.cache.count == 0)
    }
}
