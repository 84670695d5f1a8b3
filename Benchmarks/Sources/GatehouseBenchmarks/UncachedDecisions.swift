import Gatehouse

/// Decisions from role names, of which nothing is resolved beforehand: somebody with three roles.
struct UncachedDecisions {
    private let engine: PolicyEngine
    private let questions: [Question]

    /// A class, so that reading it copies nothing.
    private final class Question: Sendable {
        let check: AccessCheck
        let isAllowed: Bool

        init(_ check: AccessCheck, _ isAllowed: Bool) {
            self.check = check
            self.isAllowed = isAllowed
        }
    }

    /// One check for a policy of five grants.
    init() throws {
        engine = try PolicyEngine(FiveGrants.policy)
        let check = AccessCheck("org:invoices:pay", by: FiveGrants.principal, at: .distantPast)
        questions = Array(repeating: Question(check, true), count: 17)
    }

    /// The requests of a published size; one role of the three is the policy's own assignment.
    init(_ size: ModelSize, _ engine: PolicyEngine) throws {
        self.engine = engine
        questions = try size.requests.map { request in
            var principal = request.principal
            principal.roles = request.moreRoles
            let permission = try Permission(validating: request.permissionName)
            return Question(AccessCheck(permission, by: principal, at: .distantPast), request.isAllowed)
        }
    }

    @inline(never)
    func uncached(_ count: Int) throws {
        try forEach(count) { engine.allows($0) }
    }

    /// The same with the table of role sets emptied before each.
    @inline(never)
    func emptied(_ count: Int) throws {
        try forEach(count) { check in
            engine.forgetRoleSets()
            return engine.allows(check)
        }
    }

    /// With every reason.
    @inline(never)
    func decided(_ count: Int) throws {
        try forEach(count) { engine.decide($0).isAllowed }
    }

    /// How often each question is asked before the next: so that the reference counts of fetching a question from a list,
    /// which are not part of a decision, count little.
    private static let repeats = 10

    @inline(__always)
    private func forEach(_ count: Int, _ decide: (AccessCheck) -> Bool) throws {
        for _ in 0..<count / (questions.count * Self.repeats) {
            for question in questions {
                let (check, isAllowed) = (question.check, question.isAllowed)
                for _ in 0..<Self.repeats {
                    guard decide(check) == isAllowed else { throw WrongAnswer() }
                }
            }
        }
    }
}
