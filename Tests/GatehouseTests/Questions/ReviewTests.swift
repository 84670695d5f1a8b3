import Gatehouse
import SeededGenerator
import Testing

@Suite("The review functions give the naive evaluator's results")
struct ReviewTests {
    @Test("the roles of a principal are those of the naive evaluator", arguments: 1...10 as ClosedRange<UInt64>)
    func roles(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 70_000))
        for _ in 0..<50 {
            let policy = source.policy()
            let engine = try PolicyEngine(policy)
            let reference = ReferenceEvaluator(policy: policy)
            let check = try source.check(of: policy)
            let resource = check.resource?.resourceID
            let held = reference.heldRoles(check)
            let names = policy.roles.map(\.name)
            let authorized = names.filter { reference.hierarchy.path(from: held, to: $0) != nil }
            #expect(engine.assignedRoles(of: check.principal, on: resource, at: check.time) == held)
            #expect(
                engine.authorizedRoles(of: check.principal, on: resource, at: check.time)
                    == authorized + held.filter { !names.contains($0) }
            )
        }
    }

    @Test("the users of a role are those of the naive evaluator", arguments: 1...10 as ClosedRange<UInt64>)
    func users(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 80_000))
        for _ in 0..<50 {
            let policy = source.policy()
            let engine = try PolicyEngine(policy)
            let hierarchy = ReferenceEvaluator(policy: policy).hierarchy
            let time = source.random.chance(50) ? source.time() : nil
            let inForce = policy.assignments.filter { assignment in
                guard let time else { return true }
                return (assignment.role.notBefore.map { $0 <= time } ?? true)
                    && (assignment.role.notAfter.map { time < $0 } ?? true)
            }
            for role in policy.roles.map(\.name) {
                let assigned = inForce.filter { $0.role.role == role }
                let authorized = inForce.filter { hierarchy.path(from: [$0.role.role], to: role) != nil }
                #expect(bytes(engine.assignedUsers(of: role, at: time)) == users(assigned))
                #expect(bytes(engine.authorizedUsers(of: role, at: time)) == users(authorized))
            }
        }
    }

    /// Each once, sorted by bytes.
    private func users(_ assignments: [Assignment]) -> [[UInt8]] {
        Set(bytes(assignments.map(\.principal))).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
