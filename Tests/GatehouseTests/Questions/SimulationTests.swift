import Gatehouse
import Testing

@Suite("A check is answered under the policy in force and under a proposed one")
struct SimulationTests {
    @Test(
        "each policy gives its own decision",
        arguments: [(["x"], ["x"], false), (["x"], [], true), ([], ["x"], true), ([], [], false)]
    )
    func simulation(before: [String], after: [String], isChanged: Bool) throws {
        let (current, proposed) = (
            try PolicyEngine(Policy(roles: [Role("r", grants: before)])),
            try PolicyEngine(Policy(roles: [Role("r", grants: after)]))
        )
        let check = AccessCheck("x", by: Principal("p", roles: ["r"]), at: .distantPast)
        let simulations = current.simulate([check], under: proposed)
        #expect(simulations.map(\.isChanged) == [isChanged])
        #expect(simulations.map(\.current) == [current.decide(check)])
        #expect(simulations.map(\.proposed) == [proposed.decide(check)])
    }

    @Test("a gain of everyone is listed for the role *, unless another line shows it")
    func everyone() throws {
        func engine(_ roles: [Role], _ rules: [Rule]) throws -> PolicyEngine {
            try PolicyEngine(Policy(roles: roles, rules: rules))
        }
        let rule = Rule("r", .allow, permissions: ["x", "y"], roles: [Rule.everyone])
        func lines(_ roles: [Role]) throws -> Set<String> {
            let differences = try engine(roles, []).differences(to: engine(roles, [rule]))
            return Set(differences.map { "\($0.subject) \($0.permission) \($0.change)" })
        }
        let alone = try lines([])
        #expect(alone.count == 2)
        // The first role has x already and gains y, which says the same of everyone's y, but not of x.
        let beside = try lines([Role("p", grants: ["x"])])
        #expect(beside.count == 2 && beside.intersection(alone).count == 1)
        #expect(beside.intersection(alone).allSatisfy { $0.contains(" x ") })
        #expect(beside.subtracting(alone).allSatisfy { $0.contains(" y ") })
    }
}
