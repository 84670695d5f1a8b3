import Gatehouse
import GatehouseTesting
import Testing

@Suite("A test waits for a value, and is told of a value that does not come", .timeLimit(.minutes(1)))
struct EventuallyTests {
    @Test("a value that another task sets is seen")
    func comes() async throws {
        let source = ScriptedMemberships([])
        let loads = Task {
            for _ in 0..<100 { _ = try await source.membership(of: Member("u", in: "o", issuer: "")) }
        }
        try await eventually(equals: 100) { source.loads }
        #expect(
            try await eventually {
                source.loads
            } satisfies: {
                $0 > 50
            } == 100
        )
        try await loads.value
    }

    @Test("a value that does not come is an error with the place, the expected value and the last one")
    func doesNotCome() async throws {
        var count = 0
        let equal = await #expect(throws: EventuallyError.self) {
            try await eventually(equals: -1, within: .milliseconds(1)) {
                count += 1
                return count
            }
        }
        #expect(equal?.description.contains("EventuallyTests.swift:") == true)
        #expect(equal?.description.contains("expected -1, last seen \(count)") == true)
        let other = await #expect(throws: EventuallyError.self) {
            try await eventually(within: .zero) {
                "red"
            } satisfies: {
                $0 == "blue"
            }
        }
        #expect(other?.description.contains("last seen red") == true)
    }

    @Test("a test that is cancelled does not wait for the limit")
    func cancelled() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await eventually(equals: true, within: .seconds(3_600)) { false }
        }
        await #expect(throws: EventuallyError.self) { try await task.value }
    }
}
