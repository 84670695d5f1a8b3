import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import Synchronization
import Testing

@testable import GatehouseClerk

@Suite("The Backend API client: which requests are sent again, and when")
struct RetryTests {
    static let secret = "sk_test_verysecretverysecretverysecret"

    /// A client whose pauses pass at once, and what it waited for.
    struct Rig {
        let clock = ManualClock(Timestamp(seconds: 1_800_000_000) ?? .distantFuture)
        let transport: InMemoryTransport
        let client: ClerkClient
        let pauses: Pauses

        init(_ answers: [InMemoryTransport.Answer], deadline: Duration = .seconds(20)) throws {
            let transport = InMemoryTransport(answers: answers)
            let pauses = Pauses()
            self.transport = transport
            self.pauses = pauses
            client = try ClerkClient(
                secretKey: try ClerkSecretKey(RetryTests.secret),
                transport: transport,
                configuration: .init(deadline: deadline),
                environment: .init(
                    clock: clock.monotonic,
                    sleep: { [clock] duration in
                        try Task.checkCancellation()
                        pauses.note(duration)
                        clock.advance(by: duration)
                    },
                    jitter: { 0 }
                )
            )
        }
    }

    final class Pauses: Sendable {
        private let all = Mutex<[Duration]>([])
        var value: [Duration] { all.withLock { $0 } }
        func note(_ duration: Duration) { all.withLock { $0.append(duration) } }
    }

    static func answer(_ status: Int, _ body: String = "{}", _ fields: HTTPFields = [:]) -> InMemoryTransport.Answer {
        .success(HTTPTransportResponse(status: .init(code: status), headerFields: fields, body: Array(body.utf8)))
    }

    static let good = answer(200, #"{"id":"user_1"}"#)
    static let broken = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "the connection failed"))

    @Test(
        "a read that fails in passing is sent again",
        arguments: [
            answer(500), answer(502, "<html></html>"), answer(503), answer(504), broken, answer(200, #"{"id":"us"#),
        ]
    )
    func readIsRepeated(first: InMemoryTransport.Answer) async throws {
        let rig = try Rig([first, Self.good])
        #expect(try await rig.client.users.get("user_1").id == "user_1")
        #expect(rig.transport.requests.count == 2)
        #expect(rig.pauses.value == [.milliseconds(100)])
    }

    @Test(
        "a change that may have happened is not sent again, and the error says so",
        arguments: [
            answer(500), answer(502, "<html></html>"), answer(503), broken, answer(200, #"{"id":"us"#),
            .failure(HTTPTransportError(.deadlineExceeded, "no whole answer came in time")),
        ]
    )
    func changeIsNotRepeated(first: InMemoryTransport.Answer) async throws {
        let rig = try Rig([first, Self.good])
        let error = await failure { () async throws(ClerkError) in try await rig.client.users.ban("user_1") }
        #expect(error?.mayHaveHappened == true)
        #expect(rig.transport.requests.count == 1)
        let other = try Rig([first, Self.good])
        let patch = await failure { () async throws(ClerkError) in
            try await other.client.users.update("user_1", firstName: "Ada")
        }
        #expect(patch?.mayHaveHappened == true)
    }

    @Test("a replacement is sent again, since doing it twice is the same as once")
    func replacementIsRepeated() async throws {
        let rig = try Rig([Self.answer(503), Self.good])
        try await rig.client.users.replaceMetadata("user_1", publicMetadata: [:])
        #expect(rig.transport.requests.map(\.method) == [.put, .put])
    }

    @Test("a change that was turned away for its rate is sent again after the time that Clerk names")
    func rateLimit() async throws {
        let limited = Self.answer(429, #"{"errors":[]}"#, [.retryAfter: "3"])
        let rig = try Rig([limited, Self.good])
        try await rig.client.users.ban("user_1")
        #expect(rig.transport.requests.count == 2)
        #expect(rig.pauses.value.first == .seconds(3))
    }

    @Test("a change whose request never left for want of a connection is sent again, and did not happen")
    func changeThatDidNotLeave() async throws {
        let refused = InMemoryTransport.Answer.failure(HTTPTransportError(.notConnected, "no connection was made"))
        let rig = try Rig([refused, Self.good])
        try await rig.client.users.ban("user_1")
        #expect(rig.transport.requests.map(\.method) == [.post, .post])
        let patch = try Rig([refused, Self.good])
        _ = try await patch.client.users.update("user_1", firstName: "Ada")
        #expect(patch.transport.requests.count == 2)
        let down = try Rig([refused])
        let error = await failure { () async throws(ClerkError) in try await down.client.users.ban("user_1") }
        #expect(error?.code == .connectionFailed)
        #expect(error?.mayHaveHappened == false)
        #expect(down.transport.requests.count == 4)
    }

    @Test("a day that one answer names is told to its caller, and holds others back for ten seconds")
    func dayOfRetryAfter() async throws {
        let rig = try Rig([Self.answer(429, "{}", [.retryAfter: "86400"]), Self.good], deadline: .seconds(5))
        let error = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter == .seconds(86_400))
        let next = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(next?.retryAfter == .seconds(10))
        rig.clock.advance(by: .seconds(10))
        _ = try await rig.client.users.get("user_1")
        #expect(rig.transport.requests.count == 2)
    }

    @Test("a time that does not fit into the deadline is not waited for")
    func deadlineBeforeRetryAfter() async throws {
        let rig = try Rig([Self.answer(429, "{}", [.retryAfter: "60"]), Self.good], deadline: .seconds(8))
        let error = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter == .seconds(60))
        #expect(rig.pauses.value.isEmpty)
        let next = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(next?.code == .rateLimited)
        #expect(rig.transport.requests.count == 1)
    }

    @Test("a time that is no number is passed over", arguments: ["soon", "-1", "1e9", ""])
    func garbageRetryAfter(text: String) async throws {
        let rig = try Rig([Self.answer(429, "{}", [.retryAfter: text]), Self.good])
        _ = try await rig.client.users.get("user_1")
        #expect(rig.pauses.value == [.milliseconds(100)])
    }

    @Test("pauses double, attempts end, and the last error is thrown")
    func attemptsEnd() async throws {
        let rig = try Rig([Self.answer(503)])
        let error = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(error?.code == .serverFailed)
        #expect(rig.transport.requests.count == 4)
        #expect(rig.pauses.value == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
    }

    @Test("the deadline is that of the whole call")
    func totalDeadline() async throws {
        let rig = try Rig([Self.answer(503)], deadline: .milliseconds(250))
        _ = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(rig.transport.requests.map(\.deadline) == [.milliseconds(250), .milliseconds(150)])
    }

    @Test("a refusal is not sent again", arguments: [400, 401, 402, 403, 404, 409, 422, 423])
    func refusalsEnd(status: Int) async throws {
        let rig = try Rig([Self.answer(status, #"{"errors":[]}"#), Self.good])
        let error = await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        #expect(error?.status == status)
        #expect(rig.transport.requests.count == 1)
    }

    @Test("a cancelled task is told so, and nothing is sent")
    func cancellation() async throws {
        let rig = try Rig([Self.answer(503), Self.good])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () async throws(ClerkError) in try await rig.client.users.get("user_1") }
        }
        #expect(await task.value?.code == .cancelled)
    }

    @Test("requests beyond the budget wait until there is one")
    func budget() async throws {
        let transport = InMemoryTransport(answers: [Self.good])
        let clock = ManualClock(.distantPast)
        let pauses = Pauses()
        let client = try ClerkClient(
            secretKey: try ClerkSecretKey(Self.secret),
            transport: transport,
            configuration: .init(limits: .init(concurrentRequests: 4, requestsPerSecond: 10, burst: 2)),
            environment: .init(
                clock: clock.monotonic,
                sleep: { duration in
                    pauses.note(duration)
                    clock.advance(by: duration)
                }
            )
        )
        for _ in 0..<5 { _ = try await client.users.get("user_1") }
        #expect(transport.requests.count == 5)
        #expect(pauses.value == [.milliseconds(100), .milliseconds(100), .milliseconds(100)])
        _ = try await client.users.get("user_1")
    }

    @Test("no more requests are under way at a time than may be")
    func concurrency() async throws {
        let peak = Mutex((now: 0, most: 0))
        let transport = InMemoryTransport { _, _ in
            peak.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            for _ in 0..<20 { await Task.yield() }
            peak.withLock { $0.now -= 1 }
            return Self.good
        }
        let limits = ClerkClient.Limits(concurrentRequests: 3, requestsPerSecond: 100_000, burst: 100_000)
        let client = try ClerkClient(
            secretKey: try ClerkSecretKey(Self.secret),
            transport: transport,
            configuration: .init(deadline: .seconds(3_600), limits: limits)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try await client.users.get("user_1") } }
            try await group.waitForAll()
        }
        #expect(peak.withLock { $0.most } == 3)
    }

    @Test("a caller that waits for a place is woken by cancellation")
    func cancelledWaiter() async throws {
        let permits = Permits(1)
        #expect(await permits.take(within: .seconds(1)))
        let task = Task { await permits.take(within: .seconds(3_600)) }
        await Task.yield()
        task.cancel()
        #expect(await task.value == false)
        permits.giveBack()
        #expect(await permits.take(within: .seconds(1)))
        #expect(await permits.take(within: .milliseconds(1)) == false)
    }
}

/// The error that a call throws; `nil` if it throws none.
func failure<Value>(_ body: () async throws(ClerkError) -> Value) async -> ClerkError? {
    do throws(ClerkError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
