import Testing

@testable import Gatehouse

@Suite("Many held roles of a long chain are judged without being compiled one by one")
struct WideRolesTests {
    private static let count = 5_000

    /// A chain, of which each role inherits the one before; the last 1,000 are held.
    private static func engine(_ combining: Policy.Combining, denying: Int?) throws -> PolicyEngine {
        let roles = (0..<count).map { (number: Int) -> Role in
            let inherits: [String] = number == 0 ? [] : ["r:\(number - 1)"]
            return Role(
                "r:\(number)",
                inherits: inherits,
                grants: ["x:\(number)", "z:\(number):*"],
                denies: number == denying ? ["x:1"] : []
            )
        }
        let rules = [
            Rule("own", .allow, "own:*", to: "r:5", when: .equals("$resource.owner", "$principal.id")),
            Rule("all", .allow, "all", to: Rule.everyone),
            Rule("unknown", .deny, "all:but", to: "r:\(count - 1)", when: .equals("$context.a", 1)),
            Rule("but", .allow, "all:but", to: "r:0"),
        ]
        return try PolicyEngine(Policy(combining: combining, roles: roles, rules: rules))
    }

    private static var holder: Principal {
        Principal("u", roles: ((count - 1_000)..<count).map { RoleAssignment("r:\($0)") } + ["undefined"])
    }

    @Test("the answer for many held roles is that of a whole decision", arguments: [nil, 0, count - 500, count - 1])
    func agrees(denying: Int?) throws {
        let engine = try Self.engine(.anyCleanRole, denying: denying)
        let resolved = engine.resolve(Self.holder)
        for name in ["x:1", "x:\(Self.count - 1)", "z:1:any", "own:a", "all", "all:but", "none", "x:none"] {
            for owner in ["u", "v"] {
                let resource = Resource(attributes: ["owner": .string(owner)])
                let check = AccessCheck(
                    try Permission(validating: name),
                    by: Self.holder,
                    on: resource,
                    at: .distantPast
                )
                let expected = engine.decide(check).isAllowed
                #expect(engine.allows(check) == expected, "\(name)")
                #expect(resolved.allows(check.permission, on: resource, at: .distantPast) == expected, "\(name)")
            }
        }
        #expect(engine.roleSet(EffectiveRoles(Self.holder.roles.map(\.role), engine.roleNames)).verdicts[0] == nil)
    }

    @Test("a set that is compiled whole says the same of every permission")
    func whole() throws {
        let engine = try Self.engine(.anyCleanRole, denying: Self.count - 500)
        let names = (0..<3).map { "r:\(Self.count - 1 - $0 * 400)" }
        let few = engine.roleSet(EffectiveRoles(names, engine.roleNames))
        #expect(few.whole(engine) === few)
    }
}
