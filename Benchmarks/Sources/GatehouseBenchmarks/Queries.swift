/// Members to ask about, again and again, in random order.
struct Queries: Sendable {
    final class Query: Sendable {
        let organization: String
        let user: String

        init(member: Int, _ suffix: String) {
            organization = Queries.organization(member / 100) + suffix
            user = Queries.user(member) + suffix
        }
    }

    let all: [Query]

    /// Each with its own texts, side by side: a request brings them fresh from the network.
    ///
    /// - Parameter suffix: what makes ids longer than Clerk's.
    init(members: Int, suffix: String = "") {
        all = (0..<members).shuffled().map { Query(member: $0, suffix) }
    }

    /// Asks so many times, and fails where the answer is not yes. Counts no reference, which would be a fifth of the time.
    @inline(__always)
    func ask(_ count: Int, from first: Int = 0, _ answer: (Query) -> Bool?) throws {
        try all.withUnsafeBufferPointer { all in
            var next = first
            for _ in 0..<count {
                guard Unmanaged.passUnretained(all[next])._withUnsafeGuaranteedRef(answer) == true else {
                    throw WrongAnswer()
                }
                next += 1
                if next == all.count { next = 0 }
            }
        }
    }

    static func organization(_ number: Int) -> String { text("org_", number) }
    static func user(_ number: Int) -> String { text("user_", number) }

    /// 27 bytes after the prefix, as Clerk's ids have, of which all differ from number to number, as those of random ids do.
    private static func text(_ prefix: String, _ number: Int) -> String {
        var state = UInt64(truncatingIfNeeded: number) &+ 1
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return prefix
            + String(
                (0..<27).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return alphabet[Int(state >> 33) % alphabet.count]
                }
            )
    }
}
