import Gatehouse
import SeededGenerator
import Testing

/// The law of every list of what somebody may do: who is not listed is denied whatever a check brings with it; who is
/// listed without condition is allowed whatever it brings; and who is listed with one depends on a condition.
@Suite("Permissions, roles and holders are listed as the naive evaluator decides")
struct ListingTests {
    private static let seeds: ClosedRange<UInt64> = 1...20

    @Test("the listed permissions of a principal are those that the naive evaluator allows", arguments: seeds)
    func permissions(seed: UInt64) throws {
        try forEachPolicy(seed &+ 10_000) { engine, reference, source in
            let principal = source.principal(of: reference.policy)
            let resource = source.random.chance(50) ? source.random.pick(RandomPolicy.resources) : nil
            let time = source.time()
            let listed = engine.permissions(of: principal, on: resource, at: time)
            #expect(listed.map(\.permission) == reference.names.filter(listed.map(\.permission).contains))
            for name in reference.names {
                let check = AccessCheck(
                    try Permission(validating: name),
                    by: principal,
                    on: resource.map { Resource(type: $0.type, id: $0.id) },
                    at: time
                )
                let entry = listed.first { $0.permission == name }
                try require(entry?.isConditional, of: check, reference, &source)
            }
        }
    }

    @Test("the listed roles with a permission are those that the naive evaluator finds", arguments: seeds)
    func roles(seed: UInt64) throws {
        try forEachPolicy(seed &+ 20_000) { engine, reference, source in
            let permission = try source.permission()
            let listed = engine.roles(granting: permission)
            let names = reference.policy.roles.map(\.name)
            #expect(listed.map(\.role) == names.filter(listed.map(\.role).contains))
            for name in names {
                let holder = Principal("nobody", roles: [RoleAssignment(name)])
                let entry = listed.first { $0.role == name }
                let check = AccessCheck(permission, by: holder, at: source.time())
                try require(entry?.isConditional, of: check, reference, &source)
            }
        }
    }

    @Test("the listed holders of a permission and their places are those of the naive evaluator", arguments: seeds)
    func holders(seed: UInt64) throws {
        try forEachPolicy(seed &+ 30_000) { engine, reference, source in
            let permission = try source.permission()
            let time = source.time()
            var listed = engine.whoCan(permission, at: time)
            let anybody = listed.first.flatMap { $0.principal == Rule.everyone ? $0 : nil }
            if anybody != nil { listed.removeFirst() }
            #expect(anybody?.organization == nil && anybody?.resource == nil)
            let stranger = AccessCheck(permission, by: Principal("stranger"), at: time)
            try require(anybody?.isConditional, of: stranger, reference, &source)
            let places = places(reference.policy, at: time)
            #expect(listed.map { Place($0) } == places.filter(listed.map { Place($0) }.contains))
            let named = ReferenceEvaluator(policy: reference.policy, ownIssuer: "https://own")
            for place in places {
                let check = AccessCheck(
                    permission,
                    by: Principal(
                        place.principal,
                        type: place.type,
                        issuer: place.issuer ?? "https://own",
                        organization: place.organization.map { .init($0) }
                    ),
                    on: place.resource.map { Resource(type: $0.type, id: $0.id) },
                    at: time
                )
                let entry = listed.first { Place($0) == place }
                try require(entry?.isConditional, of: check, named, &source)
            }
        }
    }

    private func forEachPolicy(
        _ seed: UInt64,
        _ body: (PolicyEngine, ReferenceEvaluator, inout RandomPolicy) throws -> Void
    ) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<20 {
            let policy = source.policy()
            try body(PolicyEngine(policy), ReferenceEvaluator(policy: policy), &source)
        }
    }

    /// Holds one entry, or its absence (`nil`), to the law.
    private func require(
        _ isConditional: Bool?,
        of check: AccessCheck,
        _ reference: ReferenceEvaluator,
        _ source: inout RandomPolicy
    ) throws {
        var context: Comment { "\(check.inFull) under \(reference.policy)" }
        if isConditional == true { try #require(reference.possibleVerdicts(check).count == 2, context) }
        for _ in 0..<5 {
            let isAllowed = reference.answer(source.addingFacts(to: check)).isAllowed
            if isConditional == nil { try #require(!isAllowed, context) }
            if isConditional == false { try #require(isAllowed, context) }
        }
    }
}

/// The scope in which somebody holds something.
private struct Place: Equatable {
    var principal: String
    var organization: String?
    var resource: ResourceID?
    var type: String?
    var issuer: String?

    init(_ holder: PolicyEngine.PermittedPrincipal) {
        (principal, organization, resource) = (holder.principal, holder.organization, holder.resource)
        (type, issuer) = (holder.type, holder.issuer)
    }

    init(_ assignment: Assignment) {
        (principal, organization, resource) =
            (assignment.principal, assignment.organization, assignment.role.resource)
        (type, issuer) = (assignment.type, assignment.issuer)
    }

    /// True if it is told before the other: by bytes, and what is missing before everything.
    func precedes(_ other: Self) -> Bool {
        let texts = [(principal, other.principal), (organization ?? "", other.organization ?? "")]
        let rest = [
            (resource?.description ?? "", other.resource?.description ?? ""), (type ?? "", other.type ?? ""),
            (issuer ?? "", other.issuer ?? ""),
        ]
        for (mine, theirs) in texts + rest {
            if !mine.isByteForByte(theirs) { return Array(mine.utf8).lexicographicallyPrecedes(Array(theirs.utf8)) }
        }
        return false
    }

    static func == (lhs: Self, rhs: Self) -> Bool { !lhs.precedes(rhs) && !rhs.precedes(lhs) }
}

/// Every place that the assignments in force name, once, in order.
private func places(_ policy: Policy, at time: Timestamp) -> [Place] {
    var places: [Place] = []
    for assignment in policy.assignments {
        if let notBefore = assignment.role.notBefore, time < notBefore { continue }
        if let notAfter = assignment.role.notAfter, time >= notAfter { continue }
        if !places.contains(Place(assignment)) { places.append(Place(assignment)) }
    }
    return places.sorted { $0.precedes($1) }
}
