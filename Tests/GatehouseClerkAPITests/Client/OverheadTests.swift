import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@testable import GatehouseClerk

@Suite("The cost of the client", .serialized)
struct OverheadTests {
    /// Seconds that a thousand calls take.
    private static func time(_ body: () async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<1_000 { try await body() }
        return (clock.now - start).fractionalSeconds
    }

    @Test("a request costs little more than the bare transport's")
    func overhead() async throws {
        let transport = InMemoryTransport { _, _ in RetryTests.good }
        let limits = ClerkClient.Limits(concurrentRequests: 4, requestsPerSecond: 1_000_000, burst: 1_000_000)
        let client = try ClerkClient(
            secretKey: try ClerkSecretKey(RetryTests.secret),
            transport: transport,
            configuration: .init(limits: limits)
        )
        _ = try await client.users.get("user_1")
        let request = try #require(transport.requests.first)
        let bare = try await Self.time { _ = try await transport.send(request) }
        let whole = try await Self.time { _ = try await client.users.get("user_1") }
        // 50 µs where it is optimized; a debug build on a busy machine is given twenty times that.
        #expect((whole - bare) / 1_000 < 0.001)
        print("the client adds \((whole - bare) * 1_000) µs to a request")
    }
}
