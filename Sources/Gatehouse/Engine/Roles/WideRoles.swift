/// Many roles of which each inherits many others, in a policy in which one clean role is enough. Compiling each of them with all that it
/// inherits would take seconds. Each check judges them in one pass over all inherited roles instead.
struct WideRoles: Sendable {
    /// The largest number of roles that are compiled for one set, each counted for every role that inherits it. Their compilation takes
    /// half a second or less.
    static let maximumSteps = 1 << 21

    private let held: [Int]
    /// All roles, including inherited roles, each after all roles that it inherits.
    private let reached: [Int]

    /// Collects the roles; `nil` if they are few enough to compile.
    ///
    /// - Parameter held: The ids of the roles, each once, with ``CompiledRole/undefined`` for a role that the policy does not define.
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

    /// The number of bytes of the value.
    var size: Int { (held.count + reached.count) * 8 }

    /// Returns the verdict on a permission.
    ///
    /// - Parameters:
    ///   - id: The id of the permission; `nil` if the policy does not name it.
    ///   - facts: The facts for conditions; `nil` if the policy has no rules.
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
