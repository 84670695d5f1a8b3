import Gatehouse

/// Which answers a check may get, by what was said when and what was forgotten when. Slow, and obviously right.
final class CacheModel: Sendable {
    struct Question: Sendable {
        let node: Int
        /// Which of the simulation's members.
        let member: Int
        var permission: Int
        /// When it was asked.
        let step: Int
        let time: Duration
        let instant: Timestamp
        /// From when on it must see what was said, beside what invalidations say.
        var notBefore: Int
        /// The answer if nothing is held.
        let nothingNotBefore: Int
    }

    /// The answer to a check, and its time.
    struct Answer: Equatable {
        let step: Int
        let node: Int
        let isAllowed: Bool
    }

    /// An invalidation that returned.
    struct Acknowledged: Sendable {
        /// The members that it forgets, whatever they hold.
        let members: [Int]
        /// The role that it forgets, whoever holds it.
        let role: String?
        let node: Int
        /// True if the bus took it.
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

    /// The answers that must not have been given.
    var violations: [String] { found.withLock { $0 } }

    /// The answers, in order.
    var answers: [Answer] { heard.withLock { $0 } }

    func violate(_ message: String) { found.withLock { $0.append(message) } }

    func acknowledge(_ invalidation: Acknowledged) { acknowledged.withLock { $0.append(invalidation) } }

    func judge(
        _ answer: Bool,
        _ asked: Question,
        endStep: Int,
        endInstant: Timestamp,
        policies: [(step: Int, policy: SimulatedPolicy)]
    ) {
        heard.withLock { $0.append(Answer(step: endStep, node: asked.node, isAllowed: answer)) }
        let history = store.history(of: CacheSimulation.members[asked.member])
        let (oldest, roles) = forgotten(of: asked)
        // The version that was in force then, and all later ones until the answer.
        let first = history.lastIndex { $0.step <= oldest } ?? 0
        var versions: [RecordedMemberships.Version] = []
        for index in first..<history.count where history[index].step <= endStep {
            // A version that was over when a role that it holds was forgotten may not be seen either.
            let end = index + 1 < history.count ? history[index + 1].step : .max
            let isForgotten = roles.contains { role, begun in
                end <= begun && history[index].roles.contains { $0.role == role }
            }
            // That nothing is held is remembered for less long.
            let isOver = history[index].roles.isEmpty && end <= asked.nothingNotBefore
            if !isForgotten, !isOver { versions.append(history[index]) }
        }
        let firstPolicy = policies.lastIndex { $0.step < asked.step } ?? 0
        let isPossible = policies[firstPolicy...].contains { step, policy in
            step <= endStep
                && versions.contains { version in
                    [asked.instant, endInstant].contains { instant in
                        answer
                            == version.roles.contains { role in
                                policy.grants(role.role, asked.permission) && role.notAfter.map { instant < $0 } ?? true
                            }
                    }
                }
        }
        if !isPossible {
            violate(
                "\(CacheSimulation.members[asked.member]) was \(answer ? "allowed" : "denied") p:\(asked.permission) on node \(asked.node) at \(asked.time)"
            )
        }
    }

    /// How old the oldest state is that the check may still see, and since when of some roles.
    private func forgotten(of asked: Question) -> (oldest: Int, roles: [(role: String, begun: Int)]) {
        acknowledged.withLock { acknowledged in
            var (oldest, roles) = (asked.notBefore, [(role: String, begun: Int)]())
            for invalidation in acknowledged where Self.mustKnow(of: invalidation, asked) {
                if invalidation.members.contains(asked.member) { oldest = max(oldest, invalidation.begun) }
                if let role = invalidation.role { roles.append((role, invalidation.begun)) }
            }
            return (oldest, roles)
        }
    }

    /// True if the node must know of an invalidation: of its own that returned, and of what others published, after the time in
    /// which the bus tells or is known to be down.
    private static func mustKnow(of invalidation: Acknowledged, _ asked: Question) -> Bool {
        if invalidation.node == asked.node { return invalidation.step < asked.step }
        return invalidation.isPublished
            && asked.time > invalidation.time + LossyBus.longestDelay + CacheSimulation.disconnectedTimeToLive
    }
}
