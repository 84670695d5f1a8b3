import Gatehouse

/// Which answers a check may get, by what was said when and what was forgotten when. Slow, and obviously right.
final class CacheModel: Sendable {
    struct Question: Sendable {
        let node: Int
        let member: Member
        var permission: Int
        /// When it was asked.
        let step: Int
        let time: Duration
        let instant: Timestamp
        /// From when on it must see what was said, beside what invalidations say.
        var notBefore: Int
    }

    /// What some check was answered, and when.
    struct Answer: Equatable {
        let step: Int
        let node: Int
        let isAllowed: Bool
    }

    /// An invalidation that returned.
    struct Acknowledged: Sendable {
        let scope: Invalidation.Scope
        let node: Int
        /// Whether the bus took it.
        let isPublished: Bool
        /// Whatever was said before this is no longer to be believed.
        let begun: Int
        let step: Int
        let time: Duration
    }

    private let store: RecordedMemberships
    private let acknowledged = Mutexed<[Acknowledged]>([])
    private let found = Mutexed<[String]>([])
    private let heard = Mutexed<[Answer]>([])

    init(_ store: RecordedMemberships) { self.store = store }

    /// What must not have been.
    var violations: [String] { found.withLock { $0 } }

    /// What was answered, in order.
    var answers: [Answer] { heard.withLock { $0 } }

    func violate(_ message: String) { found.withLock { $0.append(message) } }

    func acknowledge(_ invalidation: Acknowledged) { acknowledged.withLock { $0.append(invalidation) } }

    /// The members that an invalidation may be about: of a role all, since anybody may hold it.
    static func members(_ members: [Member], in scope: Invalidation.Scope) -> [Member] {
        if case .role = scope { return members }
        return members.filter { covers(scope, $0) }
    }

    /// Whether it forgets a member, whatever that holds.
    private static func covers(_ scope: Invalidation.Scope, _ member: Member) -> Bool {
        switch scope {
        case .member(let other): member == other
        case .user(_, let user): member.user == user
        case .organization(_, let organization): member.organization == organization
        case .everything: true
        case .role, .session: false
        }
    }

    func judge(
        _ answer: Bool,
        _ asked: Question,
        endStep: Int,
        endInstant: Timestamp,
        policies: [(step: Int, policy: SimulatedPolicy)]
    ) {
        heard.withLock { $0.append(Answer(step: endStep, node: asked.node, isAllowed: answer)) }
        let history = store.history(of: asked.member)
        let oldest = oldestStep(for: asked)
        // The version that was in force then, and all later ones until the answer.
        let first = history.lastIndex { $0.step <= oldest } ?? 0
        let roles = forgottenRoles(for: asked)
        let versions = history.indices[first...].filter { index in
            guard history[index].step <= endStep else { return false }
            // A version that was over when a role that it holds was forgotten may not be seen either.
            let end = index + 1 < history.count ? history[index + 1].step : .max
            return !roles.contains { role, begun in end <= begun && history[index].roles.contains { $0.role == role } }
        }.map { history[$0] }
        let firstPolicy = policies.lastIndex { $0.step < asked.step } ?? 0
        let possible = policies[firstPolicy...].filter { $0.step <= endStep }.flatMap { _, policy in
            versions.flatMap { version in
                [asked.instant, endInstant].map { instant in
                    version.roles.contains { role in
                        policy.grants(role.role, asked.permission) && role.notAfter.map { instant < $0 } ?? true
                    }
                }
            }
        }
        if !possible.contains(answer) {
            violate(
                "\(asked.member) was \(answer ? "allowed" : "denied") p:\(asked.permission) on node \(asked.node) at \(asked.time)"
            )
        }
    }

    /// How old the oldest state is that the check may still see.
    private func oldestStep(for asked: Question) -> Int {
        max(
            asked.notBefore,
            known(to: asked).filter { Self.covers($0.scope, asked.member) }.map(\.begun).max() ?? 0
        )
    }

    private func forgottenRoles(for asked: Question) -> [(role: String, begun: Int)] {
        known(to: asked).compactMap { if case .role(let role) = $0.scope { (role, $0.begun) } else { nil } }
    }

    /// The invalidations that the node must know of: its own that returned, and what others published, after the time in which
    /// the bus tells or is known to be down.
    private func known(to asked: Question) -> [Acknowledged] {
        acknowledged.withLock { acknowledged in
            acknowledged.filter { invalidation in
                if invalidation.node == asked.node { return invalidation.step < asked.step }
                return invalidation.isPublished
                    && asked.time > invalidation.time + LossyBus.longestDelay
                        + CacheSimulation.disconnectedTimeToLive
            }
        }
    }
}
