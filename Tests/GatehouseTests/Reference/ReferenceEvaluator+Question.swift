import Gatehouse

extension ReferenceEvaluator {
    /// One check with what does not depend on whose roles are asked: the roles held, and what each rule that matches
    /// the permission comes to.
    struct Question {
        var held: [String]
        var name: [String]
        var rules: [(Rule, ReferenceTruth)]
    }

    func question(_ check: AccessCheck) -> Question {
        let held = heldRoles(check)
        let name = ReferencePatterns.segments(check.permission.name)
        let facts = ReferenceFacts(check: check, held: held)
        let rules = policy.rules.filter { $0.permissions.contains { patterns.match($0, name) } }
        return Question(
            held: held,
            name: name,
            rules: rules.map { rule in (rule, rule.condition.map { facts.truth(of: $0) } ?? .true) }
        )
    }

    /// The verdicts that a check can come to where every condition may be true or not, whatever it asks.
    func possibleVerdicts(_ check: AccessCheck) -> Set<Bool> {
        var questions = [question(check)]
        for (index, rule) in questions[0].rules.enumerated() where rule.0.condition != nil {
            questions = questions.flatMap { question in
                [ReferenceTruth.true, .false].map { truth in
                    var question = question
                    question.rules[index].1 = truth
                    return question
                }
            }
        }
        return Set(questions.map { answer($0).isAllowed })
    }

    /// The rules that match and cover who asks, with what their conditions come to.
    func coveringRules(_ check: AccessCheck) -> [(rule: Rule, role: String?, truth: ReferenceTruth)] {
        let question = question(check)
        return question.rules.compactMap { rule, truth in
            firstRole(of: rule, holding: question.held).map { (rule, $0.name, truth) }
        }
    }

    /// The names of the roles held for a check, each once: the credential's, then the policy's. In a session those
    /// that are active, in its order.
    func heldRoles(_ check: AccessCheck) -> [String] {
        let assigned = policy.assignments.filter { assignment in
            guard isAssigned(assignment, to: check.principal) else { return false }
            guard let organization = assignment.organization else { return true }
            return check.principal.organization.map { organization.isByteForByte($0.id) } ?? false
        }
        let held = (check.principal.roles + assigned.map(\.role)).filter { holds($0, check) }.map(\.role)
        guard let active = check.principal.activeRoles else { return held.unique }
        return active.unique.filter { held.contains($0) || hierarchy.path(from: held, to: $0) != nil }
    }

    /// The id, the type and the issuer are the principal's. Without an authorizer, who names neither of the last two is anybody of
    /// that id, and an assignment without an issuer is to nobody who has one.
    private func isAssigned(_ assignment: Assignment, to principal: Principal) -> Bool {
        guard assignment.principal.isByteForByte(principal.id) else { return false }
        let type = principal.type ?? principal.kind.rawValue
        let isAnyType = ownIssuer == nil && principal.issuer == "" && principal.type == nil && principal.kind == .user
        guard isAnyType || assignment.type.isByteForByte(type) else { return false }
        if ownIssuer == nil && principal.issuer == "" { return true }
        guard let issuer = assignment.issuer ?? ownIssuer else { return false }
        return issuer.isByteForByte(principal.issuer)
    }

    private func holds(_ role: RoleAssignment, _ check: AccessCheck) -> Bool {
        if let resource = role.resource {
            guard let type = check.resource?.type, let id = check.resource?.id else { return false }
            guard type.isByteForByte(resource.type), id.isByteForByte(resource.id) else { return false }
        }
        if let notBefore = role.notBefore, check.time < notBefore { return false }
        if let notAfter = role.notAfter, !(check.time < notAfter) { return false }
        return true
    }
}

extension String {
    /// True for equal bytes. `==` finds two ways to write “é” equal.
    func isByteForByte(_ other: String) -> Bool { Array(utf8) == Array(other.utf8) }
}

extension [String] {
    /// Each once, where it stands first. For names, which are ASCII.
    fileprivate var unique: [String] {
        var result: [String] = []
        for name in self where !result.contains(name) { result.append(name) }
        return result
    }
}
