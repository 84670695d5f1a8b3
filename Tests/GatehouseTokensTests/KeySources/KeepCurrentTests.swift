import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseTokens

@Suite("A key set that runs beside a server is loaded at the start, and anew while nobody asks")
struct KeepCurrentTests {
    private struct Stop: Error {}

    private let clock = ManualClock(.distantPast)

    /// How long is waited before each load, and how many loads there were, until so many waits.
    private func waits(
        _ count: Int,
        _ answers: [InMemoryTransport.Answer],
        _ configure: (inout RemoteKeySet.Configuration) -> Void = { _ in }
    ) async throws -> (waits: [Duration], loads: Int) {
        var configuration = RemoteKeySet.Configuration(url: "https://issuer.example/jwks.json")
        configure(&configuration)
        let transport = InMemoryTransport(answers: answers)
        let source = try RemoteKeySet(
            configuration: configuration,
            transport: transport,
            clock: clock.monotonic,
            jitter: { 1 }
        )
        var waits: [Duration] = []
        await source.keepCurrent { wait in
            waits.append(wait)
            guard waits.count < count else { throw Stop() }
            clock.advance(by: wait)
        }
        return (waits, transport.requests.count)
    }

    private static let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "refused"))

    private static func good() throws -> InMemoryTransport.Answer {
        .json(try KeyPair(algorithm: .es256).jwks.description)
    }

    @Test("the set is loaded ahead of the end of its time")
    func current() async throws {
        let (waits, loads) = try await waits(3, [try Self.good()])
        #expect(waits == [.seconds(270), .seconds(270), .seconds(270)] && loads == 3)
    }

    @Test("a failed load is repeated after the cooldown, at first and later")
    func failing() async throws {
        let (waits, loads) = try await waits(
            5,
            [Self.broken, Self.broken, try Self.good(), Self.broken, try Self.good()]
        )
        #expect(waits == [10, 10, 270, 10, 270].map { .seconds($0) } && loads == 5)
    }

    @Test("the set is loaded no more than once a second, whatever the configuration says")
    func shortest() async throws {
        let (waits, _) = try await waits(2, [Self.broken]) { $0.cooldown = .zero }
        #expect(waits == [.seconds(1), .seconds(1)])
    }

    @Test("the loads end when the task is cancelled", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let transport = InMemoryTransport(answers: [Self.broken])
        let source = try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json"),
            transport: transport
        )
        let task = Task { await source.keepCurrent() }
        try await transport.waitForRequests(1)
        task.cancel()
        await task.value
    }

    @Test("a set that never changes has nothing to do")
    func fixed() async throws {
        let keys: any KeySource = try KeyPair(algorithm: .es256).keySet
        await keys.keepCurrent()
    }
}
