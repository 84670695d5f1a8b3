import GatehouseHTTP
import GatehouseTesting
import MetricsTestKit
import Testing

@Suite("The counts of a permission cache reach the metrics backend")
struct PermissionCacheMetricsTests {
    private let backend = TestMetrics()
    private let clock = ManualClock(.distantPast)

    private static let memberships = InMemoryMemberships([Member("u", in: "o", issuer: ""): ["reader"]])

    private func authorizer(
        memberships: any MembershipSource = memberships,
        bus: (any InvalidationBus)? = nil
    ) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(Policy { Role("reader") { Grants("read") } }),
            memberships: memberships,
            issuer: "",
            cache: try PermissionCache(.init(capacity: 2, maximumLoads: 1, clock: clock.monotonic)),
            bus: bus
        )
    }

    private func total(_ name: String, _ dimensions: [(String, String)] = []) throws -> Int64 {
        try backend.expectCounter("gatehouse.permission_cache.\(name)", dimensions).totalValue
    }

    private func last(_ name: String) throws -> Double? {
        try backend.expectMeter("gatehouse.permission_cache.\(name)").lastValue
    }

    @Test("counters grow by the changes since the last time, and meters show the present")
    func record() async throws {
        let authorizer = try authorizer()
        let metrics = PermissionCacheMetrics(authorizer.cache, factory: backend)
        for _ in 0..<3 {
            for user in ["u", "u", "v", "w"] {
                _ = try await authorizer.isAllowed(organization: "o", user: user, permission: "read")
            }
            metrics.record()
        }
        metrics.record()
        let statistics = authorizer.cache.statistics
        #expect(try total("hits") == Int64(statistics.hits) && statistics.hits >= 3)
        #expect(try total("misses") == Int64(statistics.misses))
        #expect(try total("loads") == Int64(statistics.loads))
        #expect(try total("evictions") == Int64(statistics.evictions) && statistics.evictions > 0)
        #expect(try total("failures") == 0 && total("refusals") == 0 && total("invalidations") == 0)
        #expect(try last("entries") == 2 && last("in_flight") == 0 && last("connected") == 1)
        authorizer.applyLocally(Invalidation(.everything))
        metrics.record()
        #expect(try total("invalidations") == 1 && last("entries") == 0)
    }

    @Test("a load under way, a refused load and a failed load are seen")
    func failure() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down"))
        source.hold()
        let authorizer = try authorizer(memberships: source)
        let metrics = PermissionCacheMetrics(authorizer.cache, factory: backend)
        let check = Task { try await authorizer.isAllowed(organization: "o", user: "u", permission: "read") }
        try await eventually(equals: 1) { authorizer.cache.statistics.inFlight }
        await #expect(throws: AuthorizerError.self) {
            try await authorizer.isAllowed(organization: "o", user: "v", permission: "read")
        }
        metrics.record()
        #expect(try last("in_flight") == 1 && total("failures") == 0 && total("refusals") == 1)
        source.open()
        await #expect(throws: AuthorizerError.self) { try await check.value }
        metrics.record()
        #expect(try last("in_flight") == 0 && total("failures") == 1)
    }

    @Test("a cache whose bus says nothing is not connected")
    func disconnected() throws {
        let authorizer = try authorizer(bus: InProcessInvalidationBus().endpoint())
        PermissionCacheMetrics(authorizer.cache, factory: backend).record()
        #expect(try last("connected") == 0)
    }

    @Test("caches are told apart by dimensions")
    func dimensions() async throws {
        let (first, second) = (try authorizer(), try authorizer())
        _ = try await first.isAllowed(organization: "o", user: "u", permission: "read")
        for (cache, name) in [(first.cache, "first"), (second.cache, "second")] {
            PermissionCacheMetrics(cache, dimensions: [("cache", name)], factory: backend).record()
        }
        #expect(try total("loads", [("cache", "first")]) == 1)
        #expect(try total("loads", [("cache", "second")]) == 0)
    }

    @Test("a service records until it is cancelled, and then once more")
    func run() async throws {
        let authorizer = try authorizer()
        let metrics = try PermissionCacheMetrics(authorizer.cache, every: .seconds(3_600), factory: backend)
        let service = Task { try await metrics.run() }
        try await eventually {
            try last("connected")
        } satisfies: {
            $0 != nil
        }
        _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        #expect(try total("loads") == 0)
        service.cancel()
        try await service.value
        #expect(try total("loads") == 1)
    }

    @Test("an interval of zero or over a day is an error of its setting", arguments: [Duration.zero, .seconds(86_401)])
    func interval(interval: Duration) {
        let error = #expect(throws: SettingError.self) {
            try PermissionCacheMetrics(PermissionCache(), every: interval)
        }
        #expect(error?.setting == "interval" && error?.code == .outOfRange)
    }
}
