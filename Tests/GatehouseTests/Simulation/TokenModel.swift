import Gatehouse

/// Which tokens a node must refuse and which it must accept, by what was taken away when. Slow, and obviously right.
final class TokenModel: Sendable {
    /// Something that may have been taken away from members, from the moment at which somebody began to.
    private struct Taking {
        let members: [Int]
        let node: Int
        let begun: Timestamp
        /// When the caller was told, and what; `nil` while nobody was.
        var end: End?
    }

    private struct End {
        let step: Int
        let time: Duration
        let instant: Timestamp
        /// `nil` if nobody knows.
        let isTaken: Bool?
        let isPublished: Bool
    }

    /// One look at one token.
    struct Question: Sendable {
        let node: Int
        let member: Int
        let issuedAt: Timestamp
        let step: Int
        let time: Duration
    }

    private let hasBus: Bool
    private let takings = Mutexed<[Taking]>([])

    init(hasBus: Bool) { self.hasBus = hasBus }

    /// Somebody begins to take something away, or may.
    ///
    /// - Returns: The number by which the end is told.
    func begin(_ members: [Int], node: Int, at instant: Timestamp) -> Int {
        takings.withLock { takings in
            takings.append(Taking(members: members, node: node, begun: instant))
            return takings.count - 1
        }
    }

    /// The caller was told. What was taken counts as taken on its node then, and on the others where it was published.
    func end(_ number: Int, isTaken: Bool?, isPublished: Bool, step: Int, time: Duration, at instant: Timestamp) {
        takings.withLock {
            $0[number].end = End(step: step, time: time, instant: instant, isTaken: isTaken, isPublished: isPublished)
        }
    }

    /// The fault of an answer; `nil` if there is none.
    func violation(_ isAccepted: Bool, _ asked: Question) -> String? {
        let about = takings.withLock { $0.filter { $0.members.contains(asked.member) } }
        if isAccepted {
            return about.contains { mustBeRefused(asked, $0) }
                ? "a token of before something was taken is accepted" : nil
        }
        // A bus may have been down, and its node refuses what was issued until then.
        return hasBus || about.contains { mayBeRefused(asked, $0) }
            ? nil : "a token is refused though nothing was taken"
    }

    private func mustBeRefused(_ asked: Question, _ taking: Taking) -> Bool {
        guard let end = taking.end, end.isTaken == true else { return false }
        if taking.node == asked.node { return end.step < asked.step && asked.issuedAt <= taking.begun }
        // A gap refuses only what was issued before the second in which it ended.
        return end.isPublished && asked.issuedAt.seconds < taking.begun.seconds
            && asked.time > end.time + LossyBus.longestDelay + LossyBus.longestOutage
    }

    private func mayBeRefused(_ asked: Question, _ taking: Taking) -> Bool {
        guard let end = taking.end else { return true }
        return end.isTaken != false && asked.issuedAt <= end.instant
    }
}
