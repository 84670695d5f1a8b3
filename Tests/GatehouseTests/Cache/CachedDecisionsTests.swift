@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import SeededGenerator
import Testing

@Suite("Remembered roles decide as the naive evaluator does, on random policies, roles, edits and times")
struct CachedDecisionsTests {
    @Test("cached decisions equal uncached decisions", arguments: 1...25 as ClosedRange<UInt64>)
    func agrees(seed: UInt64) async throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<6 {
            var node = try Node(source.policy())
            for _ in 0..<300 {
                switch Int.random(in: 0..<100, using: &source.random) {
                case 0..<3: try node.replacePolicy(with: source.edited(node.reference.policy))
                case 3..<6: node.clock.advance(by: .milliseconds(500))
                case 6..<16: try await node.change(&source)
                default:
                    let check = try source.check(of: node.reference.policy)
                    let found = try await node.answers(to: check)
                    guard found.allSatisfy({ $0.isAllowed == $0.expected }) else {
                        Issue.record("seed \(seed): \(found)\nto \(check.inFull)\nunder \(node.reference.policy)")
                        return
                    }
                }
            }
        }
    }

    private struct Answer {
        let way: String
        let isAllowed: Bool
        let expected: Bool
    }

    /// An authorizer that remembers what its store says, and what should come of it.
    private struct Node {
        private static let issuer = RandomPolicy.issuers[0]

        let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
        private let store = InMemoryMemberships()
        private let authorizer: Authorizer
        private(set) var reference: ReferenceEvaluator
        private var resolved: (principal: Principal, remembered: LeasedPrincipal)?

        init(_ policy: Policy) throws {
            reference = ReferenceEvaluator(policy: policy, ownIssuer: Self.issuer)
            authorizer = Authorizer(
                engine: try PolicyEngine(policy),
                memberships: store,
                issuer: Self.issuer,
                cache: try PermissionCache(.init(capacity: 6, clock: clock.monotonic)),
                clock: clock.wall
            )
        }

        mutating func replacePolicy(with policy: Policy) throws {
            authorizer.policy.replace(with: try PolicyEngine(policy))
            reference = ReferenceEvaluator(policy: policy, ownIssuer: Self.issuer)
        }

        /// Gives or takes a role.
        func change(_ source: inout RandomPolicy) async throws {
            let member = source.principal(of: reference.policy).member
            let role = source.boundedRole(of: reference.policy.roles.map(\.name))
            if source.random.chance(60) {
                try await authorizer.assign(role, to: member)
            } else {
                try await authorizer.remove(role: role.role, from: member)
            }
        }

        /// The answer that a check should have by the store's present state.
        private func expected(_ check: AccessCheck) -> Bool {
            var check = check
            check.principal.roles = store.membership(of: check.principal.member)?.roles ?? []
            check.time = clock.now
            return reference.answer(check).isAllowed
        }

        /// The answers of all ways to ask, that of memory before and after a load.
        mutating func answers(to check: AccessCheck) async throws -> [Answer] {
            let principal = check.principal
            var answers: [Answer] = []
            func add(_ way: String, _ answer: Bool?, _ asked: AccessCheck) {
                guard let answer else { return }
                answers.append(Answer(way: way, isAllowed: answer, expected: expected(asked)))
            }
            let byMember = AccessCheck(
                check.permission,
                by: Principal(principal.id, issuer: Self.issuer, organization: principal.organization),
                on: check.resource,
                context: check.context,
                at: check.time
            )
            var barely = byMember
            (barely.resource, barely.context) = (nil, [:])
            let (organization, user) = (principal.organization?.id, principal.id)
            func addRemembered() {
                let answer = authorizer.cachedAnswer(
                    organization: organization,
                    user: user,
                    permission: check.permission
                )
                add("remembered", answer, barely)
                let named = authorizer.cachedAnswer(
                    organization: organization,
                    user: user,
                    permission: check.permission.name
                )
                add("remembered, by name", named, barely)
            }
            func addResolved() {
                guard let resolved else { return }
                let answer = authorizer.cachedAnswer(check.permission, for: resolved.remembered)
                add("resolved", answer, AccessCheck(check.permission, by: resolved.principal, at: check.time))
            }
            addRemembered()
            addResolved()
            let loaded = try await authorizer.isAllowed(
                organization: organization,
                user: user,
                permission: check.permission,
                on: check.resource,
                context: check.context
            )
            add("loaded", loaded, byMember)
            let asPrincipal = try await authorizer.isAllowed(
                check.permission,
                for: principal,
                on: check.resource,
                action: check.action,
                context: check.context
            )
            add("for a principal", asPrincipal, check)
            resolved = (principal, try await authorizer.resolve(principal))
            addRemembered()
            addResolved()
            return answers
        }
    }
}
