import Gatehouse
import GatehouseTesting
import Testing

@Suite("A scripted source answers, fails and waits as it is told", .timeLimit(.minutes(1)))
struct ScriptedMembershipsTests {
    private static let alice = Member("alice", in: "o", issuer: "")
    private let source = ScriptedMemberships(["reader"])

    @Test("a load gets the answer that the source was given last")
    func answers() async throws {
        #expect(try await source.membership(of: Self.alice) == ["reader"])
        source.answer(nil)
        #expect(try await source.membership(of: Self.alice) == nil)
        source.fail(MembershipSourceError("down"))
        await #expect(throws: MembershipSourceError("down")) { try await source.membership(of: Self.alice) }
        source.answer { member, number in [RoleAssignment("\(member.user)-\(number)")] }
        #expect(try await source.membership(of: Self.alice) == ["alice-3"])
        #expect(source.loads == 4 && source.members == Array(repeating: Self.alice, count: 4))
        #expect(await MembershipConformance.violations(ofFailing: source, members: [Self.alice]).count == 1)
    }

    @Test("a load that is held waits, gets the answer of its start, and is counted when it is cancelled")
    func holds() async throws {
        source.hold()
        let loads = (0..<2).map { _ in Task { try await source.membership(of: Self.alice) } }
        try await eventually(equals: 2) { source.loads }
        source.answer(["writer"])
        loads[0].cancel()
        try await eventually(equals: 1) { source.cancelledLoads }
        source.release()
        for load in loads { #expect(try await load.value == ["reader"]) }
        let later = Task { try await source.membership(of: Self.alice) }
        try await eventually(equals: 3) { source.loads }
        source.open()
        #expect(try await later.value == ["writer"])
        #expect(try await source.membership(of: Self.alice) == ["writer"])
    }
}
