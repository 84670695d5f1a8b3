import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

/// A server's knowledge of the request that it serves, such as a span or a logger.
private enum Request {
    @TaskLocal static var id = "none"
}

@Suite("A load of keys belongs to no caller")
struct DetachedLoadTests {
    /// The surroundings that a load sees.
    private struct Surroundings: Equatable {
        var request = Request.id
        var hasLowPriority = (Task.basePriority ?? .background) < .medium
    }

    /// How a caller comes to start a load.
    enum Start: CaseIterable, Sendable {
        case firstKeys
        case missingKey
        case aheadOfTime
    }

    let clock = ManualClock(.distantPast)

    @Test(
        "a load inherits neither the task-local values nor the priority of the task that started it",
        .timeLimit(.minutes(1)),
        arguments: Start.allCases,
        [TaskPriority.background, .high]
    )
    func inheritsNothing(start: Start, priority: TaskPriority) async throws {
        let (seen, continuation) = AsyncStream.makeStream(of: Surroundings.self)
        let answer = InMemoryTransport.Answer.json(try RemoteKeySetTests.pairs.get().old.jwks.description)
        let transport = InMemoryTransport { _, _ in
            continuation.yield(Surroundings())
            return answer
        }
        let source = try RemoteKeySet(
            configuration: .init(url: "https://issuer.example/jwks.json"),
            transport: transport,
            clock: clock.monotonic
        )
        var loads = seen.makeAsyncIterator()
        if start != .firstKeys {
            _ = try await source.keys()
            _ = await loads.next()
            clock.advance(by: .seconds(299))
        }
        let caller = Task(priority: priority) {
            try await Request.$id.withValue("request-1") {
                switch start {
                case .firstKeys: _ = try await source.keys()
                case .missingKey: _ = try await source.keys(newerThan: try RemoteKeySetTests.pairs.get().new.keySet)
                case .aheadOfTime: _ = source.keysAtHand()
                }
            }
        }
        #expect(await loads.next() == Surroundings(request: "none", hasLowPriority: false))
        try await caller.value
    }
}
