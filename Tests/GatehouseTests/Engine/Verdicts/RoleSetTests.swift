import Gatehouse
import Testing

@Suite("A set of held roles is compiled once")
struct RoleSetTests {
    private static func engine(roles: Int, patterns: Int = 0) throws -> PolicyEngine {
        try PolicyEngine(
            Policy(
                roles: (0..<roles).map { Role("r\($0)", grants: ["a0"] + (0..<patterns).map { "b\($0):*" }) }
            )
        )
    }

    private static func ask(_ engine: PolicyEngine, _ roles: [Int]) -> Bool {
        let principal = Principal("p", roles: roles.map { RoleAssignment("r\($0)") })
        return engine.allows(AccessCheck("a0", by: principal, at: .distantPast))
    }

    @Test("a set is compiled once, whatever the order and number of its roles", arguments: [1, 2, 3, 4, 8, 9, 20])
    func order(count: Int) throws {
        let engine = try Self.engine(roles: count)
        let roles = Array(0..<count)
        let orders: [[Int]] = [roles, roles.reversed(), roles + roles, Array(roles.dropFirst()) + roles.prefix(1)]
        for order in orders { #expect(Self.ask(engine, order)) }
        #expect(engine.roleSetCount == 1)
    }

    @Test("sets that differ in undefined roles alone are one")
    func undefined() throws {
        let engine = try Self.engine(roles: 1)
        for name in ["x", "y", "z"] {
            let principal = Principal("p", roles: ["r0", RoleAssignment(name), "x"])
            #expect(engine.allows(AccessCheck("a0", by: principal, at: .distantPast)))
        }
        #expect(engine.roleSetCount == 1)
    }

    @Test("up to 4,096 sets are kept at once")
    func many() throws {
        let engine = try Self.engine(roles: 13)
        func ask(_ sets: Range<Int>) {
            for set in sets { #expect(Self.ask(engine, (0..<13).filter { set >> $0 & 1 == 1 }) == (set != 0)) }
        }
        ask(0..<500)
        #expect(engine.roleSetCount == 500)
        ask(0..<500)
        #expect(engine.roleSetCount == 500)
        ask(500..<4_096)
        #expect(engine.roleSetCount == 4_096)
        ask(4_096..<4_097)
        #expect(engine.roleSetCount == 1)
        ask(0..<10)
        #expect(engine.roleSetCount == 11)
    }

    @Test("fewer sets are kept where each takes much memory")
    func large() throws {
        let engine = try Self.engine(roles: 10, patterns: 500)
        for set in 0..<700 { #expect(Self.ask(engine, (0..<10).filter { set >> $0 & 1 == 1 }) == (set != 0)) }
        #expect((1..<600).contains(engine.roleSetCount))
    }

    @Test("forgotten sets are compiled again")
    func forgotten() throws {
        let engine = try Self.engine(roles: 2)
        #expect(Self.ask(engine, [0]))
        engine.forgetRoleSets()
        #expect(engine.roleSetCount == 0)
        #expect(Self.ask(engine, [0]))
        #expect(engine.roleSetCount == 1)
    }
}
