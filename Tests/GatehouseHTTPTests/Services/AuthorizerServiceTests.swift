import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import MetricsTestKit
import Testing

@Suite("An authorizer beside a server follows its bus, records its cache's metrics and logs warnings")
struct AuthorizerServiceTests {
    private let handler = InMemoryLogHandler()
    private let backend = TestMetrics()
    private let clock = ManualClock(.distantPast)

    private func authorizer(_ policy: Policy = Policy(), bus: (any InvalidationBus)? = nil) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(policy),
            cache: try PermissionCache(.init(clock: clock.monotonic)),
            bus: bus
        )
    }

    private func service(_ authorizer: Authorizer) throws -> AuthorizerService {
        let handler = handler
        return AuthorizerService(
            authorizer,
            logger: Logger(label: "test") { _ in handler },
            metrics: try PermissionCacheMetrics(authorizer.cache, every: .seconds(3_600), factory: backend)
        )
    }

    /// Runs a service until something holds, and then cancels it.
    private func running(_ service: AuthorizerService, until isReached: () throws -> Bool) async throws {
        let task = Task { try await service.run() }
        try await eventually(equals: true, isReached)
        task.cancel()
        try await task.value
    }

    private func connected() throws -> Double? {
        try backend.expectMeter("gatehouse.permission_cache.connected").lastValue
    }

    @Test("the service records until its task is cancelled, and logs nothing if all is well", .timeLimit(.minutes(1)))
    func metrics() async throws {
        try await running(try service(try authorizer())) { try connected() == 1 }
        #expect(handler.entries.isEmpty)
    }

    @Test("warnings are logged at the start, once each", .timeLimit(.minutes(1)))
    func warnings() async throws {
        let policy = Policy(roles: [Role("reader", grants: ["read"])], assignments: [Assignment("reader", to: "alice")])
        try await running(try service(try authorizer(policy))) { try connected() != nil }
        #expect(handler.entries.map(\.level) == [.warning])
        #expect("\(handler.entries[0].metadata)".contains("name no issuer"))
    }

    @Test("the service follows the bus", .timeLimit(.minutes(1)))
    func bus() async throws {
        let bus = InProcessInvalidationBus()
        let authorizer = try authorizer(bus: bus.endpoint())
        #expect(!authorizer.cache.isConnected)
        try await running(try service(authorizer)) {
            if bus.subscriberCount == 1 { bus.sendHeartbeat() }
            return authorizer.cache.isConnected
        }
        #expect(handler.entries.isEmpty)
    }

    private struct LostBus: InvalidationBus {
        struct Lost: Error, CustomStringConvertible { let description = "the server\nwent" }

        func publish(_ invalidation: Invalidation) {}
        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
            AsyncThrowingStream { $0.finish(throwing: Lost()) }
        }
    }

    @Test("a bus that is lost for good is one error, and ends the service", .timeLimit(.minutes(1)))
    func lostBus() async throws {
        let service = try service(try authorizer(bus: LostBus()))
        await #expect(throws: LostBus.Lost.self) { try await service.run() }
        #expect(handler.entries.map(\.level) == [.error])
        #expect(handler.entries[0].metadata["gatehouse.bus.reason"] == #"the server\u{a}went"#)
        // A log of the authorizer's own is the only one.
        let own = InMemoryLogHandler()
        let observed = Authorizer(
            engine: try PolicyEngine(Policy()),
            bus: LostBus(),
            observer: AuthorizerLog(Logger(label: "test") { _ in own })
        )
        await #expect(throws: LostBus.Lost.self) { try await self.service(observed).run() }
        #expect(handler.entries.count == 1 && own.entries.count == 1)
    }
}
