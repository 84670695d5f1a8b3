/// Many held roles of which each inherits much, where one clean role is enough: to compile each of them with all that it inherits
/// would take seconds. They are judged anew in each check instead, all in one pass over what they inherit.
struct WideRoles: Sendable {
    /// The number of roles that may be compiled for one set, each counted for every held role that inherits it: half a second or less.
    static let maximumSteps = 1 << 21

    private let held: [Int]
    /// Everything that is held or inherited, each role after all that it inherits.
    private let reached: [Int]

    /// - Parameter held: the roles by id, each once; ``CompiledRole/undefined`` for one that the policy does not define.
    /// - Returns: `nil` if they are not too much to compile.
    init?(_ held: [Int], _ engine: PolicyEngine) {
        guard engine.policy.combining == .anyCleanRole,
            held.count > Self.maximumSteps / max(engine.roles.count, 1)
        else { return nil }
        let defined = held.filter { $0 != CompiledRole.undefined }
        var steps = 0
        for role in defined where steps <= Self.maximumSteps {
            steps += RoleWalk(from: [role], engine.roles).reached.count
        }
        guard steps > Self.maximumSteps else { return nil }
        self.held = held
        reached = RoleWalk(from: defined, engine.roles).reached.sorted { engine.ranks[$0] < engine.ranks[$1] }
    }

    /// The number of bytes that it takes.
    var size: Int { (held.count + reached.count) * 8 }

    /// - Parameters:
    ///   - id: the permission's id; `nil` if the policy does not name it.
    ///   - facts: The facts that conditions may ask; `nil` if the policy has no rules.
    func verdict(on permission: Permission, id: Int?, _ engine: PolicyEngine, _ facts: CheckFacts?) -> Verdict {
        var rules: [(rule: CompiledRule, truth: Truth?)] = []
        if let facts {
            rules = engine.ruleIndex.rules(about: permission, id: id, engine.segments).map { index in
                let rule = engine.rules[index]
                return (rule, rule.condition?.evaluate(facts) ?? .yes)
            }
        }
        let stances = Stances(on: permission, among: reached, rules, engine)
        var isDenied = false
        for role in held {
            let stance = stances.stance(of: role == CompiledRole.undefined ? nil : role)
            if stance.possibility == .always { return .allowed }
            isDenied = isDenied || stance.contains(.denies)
        }
        return isDenied ? .denied : .silent
    }
}
