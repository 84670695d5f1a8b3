import Gatehouse

/// What a condition costs: the same check on a resolved principal, allowed by a role or by a rule with a condition.
struct ConditionalRule {
    private let principal: ResolvedPrincipal
    private let resource = Resource(type: "invoice", id: "in_1", attributes: ["ownerID": .string("user_1")])

    init(isConditional: Bool) throws {
        let condition = Condition.equals("$resource.ownerID", "$principal.id")
        let policy = Policy {
            Role("org:member") { Grants("org:invoices:read") }
            Rule("own", .allow, "org:invoices:edit", to: "org:member", when: isConditional ? condition : nil)
        }
        principal = try PolicyEngine(policy).resolve(Principal("user_1", roles: ["org:member"]))
    }

    @inline(never)
    func onResource(_ count: Int) throws {
        let permission: Permission = "org:invoices:edit"
        for _ in 0..<count {
            guard principal.allows(permission, on: resource, at: .distantPast) else { throw WrongAnswer() }
        }
    }
}
